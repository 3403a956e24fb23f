using System.Buffers.Binary;
using System.Text;

namespace Ferry.Elf.Tests;

/// <summary>Writes small ELF files of sections, of either width and byte order: a second hand that knows the format, independent of the reader.</summary>
internal sealed class TinyElf(bool wide, bool big, ElfType type = ElfType.SharedObject, ElfMachine machine = ElfMachine.None)
{
    private readonly List<(string Name, uint Type, byte[]? Bytes, uint AliasOf, uint Link, uint Info, ElfSectionFlags Flags)> sections = [("", 0, [], 0, 0, 0, 0)];
    private ulong? claimedCount;

    public uint AddSection(string name, ElfSectionType kind, byte[] bytes, uint link = 0, uint info = 0, ElfSectionFlags flags = 0)
    {
        sections.Add((name, (uint)kind, bytes, 0, link, info, flags));
        return (uint)sections.Count - 1;
    }

    /// <summary>A section over the bytes of another one.</summary>
    public void AddAlias(uint of, ElfSectionType kind) => sections.Add((sections[(int)of].Name, (uint)kind, null, of, 0, 0, 0));

    /// <summary>Says in section 0 that there are so many sections.</summary>
    public void ClaimSections(ulong count) => claimedCount = count;

    public byte[] Number(ulong value, int size)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Array.Resize(ref bytes, size);
        if (big)
        {
            Array.Reverse(bytes);
        }

        return bytes;
    }

    public byte[] ToArray()
    {
        var names = new MemoryStream();
        var nameAt = sections.ConvertAll(section =>
        {
            var at = (uint)names.Length;
            names.Write(Encoding.UTF8.GetBytes(section.Name + "\0"));
            return at;
        });
        List<byte[]> bodies = [.. sections.Select(section => section.Bytes ?? []), names.ToArray()];
        var headerSize = wide ? 64 : 52;
        List<ulong> offsets = [];
        var end = (ulong)headerSize;
        foreach (var body in bodies)
        {
            offsets.Add(end);
            end += ((ulong)body.Length + 7) & ~7ul;
        }

        var file = new MemoryStream();
        file.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)(wide ? 2 : 1), (byte)(big ? 2 : 1), 1, 0, .. new byte[8]]);
        Put(file, ((ulong)type, 2), ((ulong)machine, 2), (1, 4), (0, Word), (0, Word), (end, Word), (0x1234, 4), ((ulong)headerSize, 2), (0, 2), (0, 2));
        Put(file, (wide ? 64u : 40u, 2), (claimedCount is null ? (ulong)sections.Count + 1 : 0, 2), ((ulong)sections.Count, 2));
        foreach (var body in bodies)
        {
            file.Write(body);
            file.Write(new byte[-body.Length & 7]);
        }

        for (var i = 0; i < sections.Count; i++)
        {
            var (_, kind, bytes, alias, link, info, flags) = sections[i];
            var source = bytes is null ? (int)alias : i;
            var size = i == 0 && claimedCount is { } count ? count : (ulong)bodies[source].Length;
            Put(file, (nameAt[i], 4), (kind, 4), ((ulong)flags, Word), (0, Word), (i == 0 ? 0 : offsets[source], Word), (size, Word), (link, 4), (info, 4), (1, Word), (0, Word));
        }

        Put(file, (0, 4), ((ulong)ElfSectionType.StringTable, 4), (0, Word), (0, Word), (offsets[^1], Word), ((ulong)bodies[^1].Length, Word), (0, 4), (0, 4), (1, Word), (0, Word));
        return file.ToArray();
    }

    private int Word => wide ? 8 : 4;

    private void Put(MemoryStream file, params (ulong Value, int Size)[] numbers)
    {
        foreach (var (value, size) in numbers)
        {
            file.Write(Number(value, size));
        }
    }
}
