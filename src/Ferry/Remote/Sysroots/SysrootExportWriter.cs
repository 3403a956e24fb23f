using System.IO.Compression;
using System.Text.Json;
using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Stubs;

namespace Ferry.Remote.Sysroots;

/// <summary>
/// A device and its libraries as one small file: a ZIP archive, the libraries in it as stubs, everything else as it is. The same libraries give the
/// same file.
/// </summary>
internal static class SysrootExportWriter
{
    public const string DescriptionName = "export.json";
    public const string Folder = "sysroot";

    /// <summary>ZIP knows no earlier time.</summary>
    private static readonly DateTimeOffset Always = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Write(DeviceRecord device, Sysroot sysroot)
    {
        var contents = sysroot.Description.Files
            .Select(file => new SysrootContent(new WantedFile { Paths = file.Paths }, ForLinks(File.ReadAllBytes(sysroot.PathOf(file.Paths[0])))))
            .OrderBy(content => content.Wanted.Paths[0], StringComparer.Ordinal)
            .ToList();
        var export = new SysrootExport { Format = SysrootExport.CurrentFormat, Device = device.ForOthers(), Files = [.. contents.Select(content => content.Describe())] };
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, DescriptionName, JsonSerializer.SerializeToUtf8Bytes(export, SysrootJson.Default.SysrootExport));
            foreach (var content in contents)
            {
                Add(archive, Folder + content.Wanted.Paths[0], content.Bytes);
            }
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] bytes)
    {
        var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = Always;
        using var stream = entry.Open();
        stream.Write(bytes);
    }

    private static byte[] ForLinks(byte[] bytes)
    {
        try
        {
            var file = ElfFile.Read(bytes);
            return file.Type == ElfType.SharedObject ? StubLibrary.Of(file).ToBytes() : bytes;
        }
        catch (ElfFormatException)
        {
            return bytes;
        }
    }
}
