using System.Buffers.Binary;
using System.Text;

namespace Ferry.Devices;

/// <summary>
/// What the first bytes of a program tell: the ELF header, and the interpreter when it lies within them (gABI, "ELF Header" and
/// "Program Header"). The probe sends only the beginning of /bin/sh, so the reader for whole files would refuse it.
/// </summary>
internal sealed record ElfHead(int Bits, bool BigEndian, int Machine, uint Flags, string? Interpreter)
{
    private const int ProgramInterpreter = 3;

    /// <summary>The head, or null when the bytes are not the beginning of an ELF file.</summary>
    public static ElfHead? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 64 || !bytes.StartsWith("\u007fELF"u8) || bytes[4] is not (1 or 2) || bytes[5] is not (1 or 2))
        {
            return null;
        }

        var wide = bytes[4] == 2;
        var big = bytes[5] == 2;
        var flags = (uint)Number(bytes, wide ? 48u : 36u, 4, big)!;
        return new ElfHead(wide ? 64u : 32u, big, (int)Number(bytes, 18, 2, big)!, flags, FindInterpreter(bytes, wide, big));
    }

    private static string? FindInterpreter(ReadOnlySpan<byte> bytes, bool wide, bool big)
    {
        var table = Number(bytes, wide ? 32u : 28u, wide ? 8 : 4, big) ?? 0;
        var size = Number(bytes, wide ? 54u : 42u, 2, big) ?? 0;
        var count = Number(bytes, wide ? 56u : 44u, 2, big) ?? 0;
        for (ulong i = 0; i < count && table < (ulong)bytes.Length; i++)
        {
            var header = table + i * size;
            if (Number(bytes, header, 4, big) == ProgramInterpreter)
            {
                return Text(bytes, Number(bytes, header + (wide ? 8u : 4u), wide ? 8 : 4, big));
            }
        }

        return null;
    }

    private static string? Text(ReadOnlySpan<byte> bytes, ulong? at)
    {
        if (at is not { } start || start >= (ulong)bytes.Length)
        {
            return null;
        }

        var rest = bytes[(int)start..];
        var end = rest.IndexOf((byte)0);
        var text = end > 0 ? Encoding.ASCII.GetString(rest[..end]) : null;
        return text is not null && DevicePath.IsPlain(text) ? text : null;
    }

    private static ulong? Number(ReadOnlySpan<byte> bytes, ulong at, int length, bool big)
    {
        if (at > (ulong)bytes.Length || (ulong)bytes.Length - at < (ulong)length)
        {
            return null;
        }

        var part = bytes.Slice((int)at, length);
        return length switch
        {
            2 => big ? BinaryPrimitives.ReadUInt16BigEndian(part) : BinaryPrimitives.ReadUInt16LittleEndian(part),
            4 => big ? BinaryPrimitives.ReadUInt32BigEndian(part) : BinaryPrimitives.ReadUInt32LittleEndian(part),
            _ => big ? BinaryPrimitives.ReadUInt64BigEndian(part) : BinaryPrimitives.ReadUInt64LittleEndian(part),
        };
    }
}
