using System.Globalization;
using System.Text;

namespace Ferry.Packages.Formats;

/// <summary>Reads ar(5) archives of the plain kind that deb(5) names: short names, sizes in decimal. Throws <see cref="InvalidDataException"/>.</summary>
internal static class ArFile
{
    private const int HeaderSize = 60;
    private const int NameSize = 16;
    private const int SizeAt = 48;
    private const int SizeSize = 10;

    public static IEnumerable<(string Name, ReadOnlyMemory<byte> Content)> Members(ReadOnlyMemory<byte> file)
    {
        if (!IsOne(file.Span))
        {
            throw new InvalidDataException("not an ar archive");
        }

        for (var at = Magic.Length; at < file.Length;)
        {
            var (name, size) = at + HeaderSize <= file.Length ? Header(file.Span.Slice(at, HeaderSize)) : throw CutShort();
            at += HeaderSize;
            if (size > file.Length - at)
            {
                throw CutShort();
            }

            yield return (name, file.Slice(at, size));
            at += size + (size & 1);
        }
    }

    public static bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    private static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

    private static (string Name, int Size) Header(ReadOnlySpan<byte> header) =>
        header[58] == '`' && header[59] == '\n' && int.TryParse(header.Slice(SizeAt, SizeSize).TrimEnd((byte)' '), NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? (Encoding.Latin1.GetString(header[..NameSize]).TrimEnd(' ', '/'), size)
            : throw new InvalidDataException("an ar archive whose header is damaged");

    private static InvalidDataException CutShort() => new("an ar archive that was cut short");
}
