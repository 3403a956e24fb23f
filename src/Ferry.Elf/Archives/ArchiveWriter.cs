using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Ferry.Elf.Archives;

/// <summary>
/// Writes an archive of objects as GNU and LLVM do it (ar(5), "System V/GNU variant"): the symbol table first, then the long names, then the members, all
/// with times, owners and modes that say nothing, so that the same members make the same bytes.
/// </summary>
public static class ArchiveWriter
{
    private const int HeaderSize = 60;
    private const int LongestName = 15; // and a slash behind it

    /// <summary>What every archive begins with.</summary>
    private static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

    /// <summary>The archive of these members, in this order. Members that are no ELF objects are kept and have no symbols.</summary>
    /// <exception cref="ArgumentException">A name is empty or holds a slash or a line feed, or the archive would be over 4 GiB.</exception>
    public static byte[] Write(IReadOnlyList<ArchiveMember> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.FirstOrDefault(member => member.Name.Length == 0 || member.Name.AsSpan().ContainsAny('/', '\n')) is { } wrong)
        {
            throw new ArgumentException($"'{wrong.Name}' cannot be a member's name", nameof(members));
        }

        var longNames = LongNames(members, out var names);
        var symbols = members.Select(ArchiveSymbols.Of).ToList();
        var tableSize = 4 + symbols.Sum(of => of.Sum(name => 4L + Encoding.UTF8.GetByteCount(name) + 1));
        var first = Magic.Length + HeaderSize + Even(tableSize) + (longNames.Length == 0 ? 0 : HeaderSize + Even(longNames.Length));
        var total = first + members.Sum(member => HeaderSize + Even(member.Content.Length));
        if (total > uint.MaxValue || total > Array.MaxLength)
        {
            throw new ArgumentException("an archive of more than 4 GiB", nameof(members));
        }

        using var stream = new MemoryStream((int)total);
        stream.Write(Magic);
        Member(stream, "/", SymbolTable(members, symbols, first));
        if (longNames.Length > 0)
        {
            Member(stream, "//", longNames);
        }

        for (var i = 0; i < members.Count; i++)
        {
            Member(stream, names[i], members[i].Content.Span);
        }

        return stream.ToArray();
    }

    private static byte[] LongNames(IReadOnlyList<ArchiveMember> members, out List<string> names)
    {
        var text = new MemoryStream();
        names = [];
        foreach (var member in members)
        {
            var bytes = Encoding.UTF8.GetBytes(member.Name + "/");
            if (bytes.Length <= LongestName + 1)
            {
                names.Add(member.Name + "/");
                continue;
            }

            names.Add(string.Create(CultureInfo.InvariantCulture, $"/{text.Length}"));
            text.Write(bytes);
            text.WriteByte((byte)'\n');
        }

        return text.ToArray();
    }

    /// <summary>The number of symbols, the offset of the member of each, their names; numbers are big-endian whatever the processor.</summary>
    private static byte[] SymbolTable(IReadOnlyList<ArchiveMember> members, List<IReadOnlyList<string>> symbols, long first)
    {
        var numbers = new MemoryStream();
        var names = new MemoryStream();
        Number(numbers, symbols.Sum(of => of.Count));
        var at = first;
        for (var i = 0; i < members.Count; i++)
        {
            foreach (var name in symbols[i])
            {
                Number(numbers, at);
                names.Write(Encoding.UTF8.GetBytes(name));
                names.WriteByte(0);
            }

            at += HeaderSize + Even(members[i].Content.Length);
        }

        return [.. numbers.ToArray(), .. names.ToArray()];
    }

    private static void Member(MemoryStream stream, string name, ReadOnlySpan<byte> content)
    {
        var mode = name is "/" or "//" ? "0" : "644";
        var start = stream.Length;
        stream.Write(Encoding.UTF8.GetBytes(name));
        Pad(stream, start + 16);
        stream.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{0,-12}{0,-6}{0,-6}{mode,-8}{content.Length,-10}`\n")));
        stream.Write(content);
        if (content.Length % 2 != 0)
        {
            stream.WriteByte((byte)'\n');
        }
    }

    private static void Pad(MemoryStream stream, long to)
    {
        while (stream.Length < to)
        {
            stream.WriteByte((byte)' ');
        }
    }

    private static void Number(MemoryStream stream, long value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, checked((uint)value));
        stream.Write(bytes);
    }

    private static long Even(long length) => length + (length & 1);
}
