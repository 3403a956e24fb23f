using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ferry.Elf.Instructions;

/// <summary>Reads regions of code one after the other and keeps what ARMv6 does not know.</summary>
internal sealed class CodeScan(ElfFile file)
{
    private const uint Be8 = 0x00800000; // EF_ARM_BE8: instructions are little-endian in a big-endian program

    private readonly bool swapped = (file.ByteOrder == ElfByteOrder.BigEndian && (file.Flags & Be8) == 0) == BitConverter.IsLittleEndian;

    private long seen;

    public List<(ElfSection Section, int Offset, InstructionRow Row)> Found { get; } = [];

    public long Bytes { get; private set; }

    public void Read(CodeRegion region)
    {
        var code = file.ContentOf(region.Section).Span[region.Start..region.End];
        if (((ulong)seen + (ulong)code.Length) > file.Bytes.Length)
        {
            throw new ElfFormatException((long)region.Section.Offset, "sections of code overlap");
        }

        seen += code.Length;
        if (region.State == CodeState.Arm)
        {
            ReadArm(region, code);
        }
        else if (region.State == CodeState.Thumb)
        {
            ReadThumb(region, code);
        }

        Bytes += region.State == CodeState.Data ? 0 : code.Length;
    }

    private void ReadArm(CodeRegion region, ReadOnlySpan<byte> code)
    {
        var words = MemoryMarshal.Cast<byte, uint>(code);
        for (var i = 0; i < words.Length; i++)
        {
            if (ArmTable.Find(swapped ? BinaryPrimitives.ReverseEndianness(words[i]) : words[i]) is { } row)
            {
                Found.Add((region.Section, region.Start + (4 * i), row));
            }
        }
    }

    private void ReadThumb(CodeRegion region, ReadOnlySpan<byte> code)
    {
        var halves = MemoryMarshal.Cast<byte, ushort>(code);
        for (var i = 0; i < halves.Length; i++)
        {
            var at = i;
            var first = Half(halves[i]);
            var row = !ThumbTable.IsWide(first) ? ThumbTable.FindNarrow(first)
                : ++i < halves.Length ? ThumbTable.FindWide(first, Half(halves[i])) : null;
            if (row is { } newer)
            {
                Found.Add((region.Section, region.Start + (2 * at), newer));
            }
        }
    }

    private ushort Half(ushort half) => swapped ? BinaryPrimitives.ReverseEndianness(half) : half;
}
