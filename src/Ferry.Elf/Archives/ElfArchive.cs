using System.Globalization;
using System.Text;

namespace Ferry.Elf.Archives;

/// <summary>
/// An archive of objects (<c>.a</c>, <c>.rlib</c>) as ar(1) writes it, with the long names of GNU (an extra member <c>//</c>) and of BSD (<c>#1/LENGTH</c>
/// before the content). The indices of symbols are left out.
/// </summary>
public sealed class ElfArchive
{
    private const int HeaderSize = 60;
    private const int LongestName = 4096;
    private readonly ReadOnlyMemory<byte> bytes;
    private ReadOnlyMemory<byte> longNames;

    private ElfArchive(ReadOnlyMemory<byte> bytes, bool isThin)
    {
        this.bytes = bytes;
        IsThin = isThin;
        Members = ReadMembers();
    }

    /// <summary>Whether it only names its members, which are files of their own.</summary>
    public bool IsThin { get; }

    /// <summary>Its files, in their order. A name may occur more than once.</summary>
    public IReadOnlyList<ArchiveMember> Members { get; }

    /// <summary>Whether bytes begin as an archive does.</summary>
    public static bool IsArchive(ReadOnlySpan<byte> bytes) => bytes.StartsWith("!<arch>\n"u8) || bytes.StartsWith("!<thin>\n"u8);

    /// <summary>Reads all headers of <paramref name="bytes"/>, the whole archive. They are not copied, so they must not change.</summary>
    /// <exception cref="ElfFormatException">They are no archive, or a member reaches past their end.</exception>
    public static ElfArchive Read(ReadOnlyMemory<byte> bytes) =>
        IsArchive(bytes.Span) ? new ElfArchive(bytes, bytes.Span[2] == 't') : throw new ElfFormatException(0, "not an archive");

    private List<ArchiveMember> ReadMembers()
    {
        var members = new List<ArchiveMember>();
        for (var at = 8; at < bytes.Length;)
        {
            if (bytes.Length - at < HeaderSize)
            {
                throw new ElfFormatException(at, "the archive ends within the header of a member");
            }

            at = ReadMember(at, members);
        }

        return members;
    }

    /// <summary>Returns where the next one begins: at an even place.</summary>
    private int ReadMember(int at, List<ArchiveMember> members)
    {
        var header = bytes.Span.Slice(at, HeaderSize);
        if (!header[58..].SequenceEqual("`\n"u8))
        {
            throw new ElfFormatException(at, "not the header of a member");
        }

        var name = Text(header[..16]).TrimEnd(' ');
        var size = Number(header[48..58], at);
        var content = at + HeaderSize;
        var end = IsThin && name is not ("/" or "//" or "/SYM64/") ? content : content + size;
        if (end > bytes.Length)
        {
            throw new ElfFormatException(at, "a member reaches past the end of the archive");
        }

        var data = bytes[content..(int)end];
        if (name == "//")
        {
            longNames = data;
        }
        else if (name is not ("/" or "/SYM64/"))
        {
            Add(members, name, data, at);
        }

        return (int)(end + (end & 1));
    }

    private void Add(List<ArchiveMember> members, string name, ReadOnlyMemory<byte> data, int at)
    {
        if (name.StartsWith("#1/", StringComparison.Ordinal))
        {
            var length = Number(Encoding.Latin1.GetBytes(name[3..]), at);
            if (length > data.Length)
            {
                throw new ElfFormatException(at, "a name reaches past the end of its member");
            }

            name = Text(data.Span[..(int)length]).TrimEnd('\0');
            data = data[(int)length..];
        }
        else if (name.StartsWith('/'))
        {
            name = LongName(Number(Encoding.Latin1.GetBytes(name[1..]), at), at);
        }

        // The names of GNU end in a slash, so that they may hold blanks; BSD's index of symbols is a file like the others.
        if (!name.StartsWith("__.SYMDEF", StringComparison.Ordinal))
        {
            members.Add(new ArchiveMember(name.EndsWith('/') ? name[..^1] : name, data));
        }
    }

    private string LongName(long offset, int at)
    {
        if (offset >= longNames.Length)
        {
            throw new ElfFormatException(at, "a name lies past the end of the table of names");
        }

        var rest = longNames.Span[(int)offset..];
        rest = rest[..Math.Min(rest.Length, LongestName)];
        var end = rest.IndexOf((byte)'\n');
        return Text(end >= 0 ? rest[..end] : rest);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static long Number(ReadOnlySpan<byte> digits, int at) =>
        long.TryParse(digits, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number : throw new ElfFormatException(at, "a number in the header of a member is none");
}
