using System.IO.Compression;
using System.Text;
using Ferry.Elf;
using Ferry.Elf.Archives;
using Ferry.Processes;

namespace Ferry.Packages.Formats;

/// <summary>A package as a file (deb(5)): what it says of itself, and its files. Nothing of it is run. Throws <see cref="InvalidDataException"/>.</summary>
internal sealed class DebFile
{
    private const int LargestControl = 16 << 20;
    private const int LargestData = 1 << 30;

    private readonly ReadOnlyMemory<byte> data;
    private readonly string compression;

    private DebFile(PackageInfo info, ReadOnlyMemory<byte> data, string compression)
    {
        Info = info;
        this.data = data;
        this.compression = compression;
    }

    public PackageInfo Info { get; }

    public static DebFile Read(ReadOnlyMemory<byte> file)
    {
        var members = Members(file);
        var control = Member(members, "control.tar");
        var fields = TarFiles.Read(Unpacked(control.Content, control.Compression, LargestControl), path => path == "/control")
            .Select(found => Deb822.Paragraphs(Encoding.UTF8.GetString(found.Bytes ?? [])).FirstOrDefault()).FirstOrDefault();
        var (content, compression) = Member(members, "data.tar");
        return new(PackageInfo.Of(fields ?? throw new InvalidDataException("a package without a control file")), content, compression);
    }

    /// <summary>Its files and links whose paths are wanted.</summary>
    public IReadOnlyList<PackageFile> Files(Func<string, bool> wanted) => [.. TarFiles.Read(Unpacked(data, compression, LargestData), wanted)];

    private static IReadOnlyList<ArchiveMember> Members(ReadOnlyMemory<byte> file)
    {
        try
        {
            return ElfArchive.Read(file).Members;
        }
        catch (ElfFormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static (ReadOnlyMemory<byte> Content, string Compression) Member(IReadOnlyList<ArchiveMember> members, string name) =>
        members.FirstOrDefault(member => member.Name.StartsWith(name, StringComparison.Ordinal)) is { } found ? (found.Content, found.Name[name.Length..])
        : throw new InvalidDataException($"a package without {name}");

    private static byte[] Unpacked(ReadOnlyMemory<byte> content, string compression, int limit) => compression switch
    {
        "" => content.ToArray(),
        ".xz" => XzFile.Decompress(content.Span, limit),
        ".gz" => Gunzip(content, limit),
        ".zst" => Zstd(content),
        _ => throw new InvalidDataException($"a package that is packed as {compression}, which is not known"),
    };

    internal static byte[] Gunzip(ReadOnlyMemory<byte> content, int limit)
    {
        var output = new GrowingBytes(limit);
        var part = new byte[64 << 10];
        using var stream = new GZipStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress);
        for (int count; (count = stream.Read(part)) > 0;)
        {
            output.Add(part.AsSpan(0, count));
        }

        return output.ToArray();
    }

    // Ubuntu's. .NET has no reader for it, and the tool is small and everywhere to be had.
    private static byte[] Zstd(ReadOnlyMemory<byte> content)
    {
        var tool = Tool.Find("zstd") ?? throw new FerryException("the package is packed with zstd, and there is no zstd on the PATH", help: "install it: sudo apt install zstd", exit: ExitCode.ToolMissing);
        var folder = Directory.CreateTempSubdirectory("ferry-");
        try
        {
            var (packed, plain) = (Path.Combine(folder.FullName, "data.tar.zst"), Path.Combine(folder.FullName, "data.tar"));
            File.WriteAllBytes(packed, content.Span);
            var result = Tool.Run(tool, ["-d", "-q", "-f", packed, "-o", plain]);
            return result.Succeeded ? File.ReadAllBytes(plain) : throw new InvalidDataException(result.Errors.Trim());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
