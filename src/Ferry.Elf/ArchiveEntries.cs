using System.Globalization;
using System.Text;

namespace Ferry.Elf;

/// <summary>The members of an archive, to be written again with others: ar(5), the GNU and the BSD way to keep long names.</summary>
public static class ArchiveEntries
{
    private const int HeaderSize = 60;
    private const string BsdLongName = "#1/";

    /// <summary>The members in their order, without the symbol table and the table of names. Their contents are not copied.</summary>
    /// <exception cref="ElfFormatException">It is no archive, a thin one (which only names its members), or one that was cut short.</exception>
    public static IReadOnlyList<ArchiveEntry> Read(ReadOnlyMemory<byte> archive)
    {
        if (!archive.Span.StartsWith(ArchiveWriter.Magic))
        {
            throw new ElfFormatException(0, archive.Span.StartsWith("!<thin>\n"u8) ? "a thin archive" : "no archive");
        }

        var entries = new List<ArchiveEntry>();
        var longNames = ReadOnlyMemory<byte>.Empty;
        for (long at = ArchiveWriter.Magic.Length; at < archive.Length;)
        {
            var (name, content) = Member(archive, at);
            at += HeaderSize + content.Length + (content.Length & 1);
            if (name == "//")
            {
                longNames = content;
            }
            else if (name.StartsWith(BsdLongName, StringComparison.Ordinal))
            {
                var length = Number(name[BsdLongName.Length..], at);
                entries.Add(new(Encoding.UTF8.GetString(Part(content, 0, length, at).Span).TrimEnd('\0'), content[(int)length..]));
            }
            else if (name is not ("/" or "/SYM64/" or "__.SYMDEF" or "__.SYMDEF SORTED"))
            {
                entries.Add(new(NameOf(name, longNames, at), content));
            }
        }

        return [.. entries.Where(entry => !entry.Name.StartsWith("__.SYMDEF", StringComparison.Ordinal))];
    }

    private static (string Name, ReadOnlyMemory<byte> Content) Member(ReadOnlyMemory<byte> archive, long at)
    {
        var header = Part(archive, at, HeaderSize, at).Span;
        if (!header[58..].SequenceEqual("`\n"u8))
        {
            throw new ElfFormatException(at, "no header of an archive's member");
        }

        var size = Number(Encoding.ASCII.GetString(header[48..58]), at);
        return (Encoding.UTF8.GetString(header[..16]).TrimEnd(' '), Part(archive, at + HeaderSize, size, at));
    }

    private static string NameOf(string name, ReadOnlyMemory<byte> longNames, long at)
    {
        if (name.Length < 2 || name[0] != '/')
        {
            return name.TrimEnd('/');
        }

        var start = Number(name[1..], at);
        var rest = Part(longNames, start, longNames.Length - start, at).Span;
        var end = rest.IndexOf((byte)'\n');
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]).TrimEnd('/');
    }

    private static long Number(string text, long at) =>
        long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ElfFormatException(at, $"'{text.Trim()}' in an archive's header is no number");

    private static ReadOnlyMemory<byte> Part(ReadOnlyMemory<byte> bytes, long start, long length, long at) =>
        start >= 0 && length >= 0 && start + length <= bytes.Length ? bytes.Slice((int)start, (int)length) : throw new ElfFormatException(at, "an archive that was cut short");
}
