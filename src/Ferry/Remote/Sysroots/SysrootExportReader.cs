using System.IO.Compression;
using System.Text.Json;
using Ferry.Devices;
using Ferry.Elf;

namespace Ferry.Remote.Sysroots;

/// <summary>
/// Reads what <see cref="SysrootExportWriter"/> wrote. The file may come from anywhere: nothing of it is believed that is not checked, and
/// nothing is written before all of it is.
/// </summary>
internal static class SysrootExportReader
{
    /// <summary>No sysroot comes near it; an archive that claims more is made to fill the memory.</summary>
    private const long LargestContent = 512L << 20;

    /// <summary>The device and its libraries. Throws <see cref="InvalidDataException"/> with what is wrong.</summary>
    public static (DeviceRecord Device, SysrootDraft Libraries) Read(Stream file)
    {
        using var archive = new ZipArchive(file, ZipArchiveMode.Read);
        var export = Description(archive);
        var contents = Contents(archive, export);
        ThrowIfForeign(export.Device, contents);
        return (export.Device with { Target = TargetOf(export.Device) }, new SysrootDraft(export.Device.Profile, contents));
    }

    private static SysrootExport Description(ZipArchive archive)
    {
        var entry = archive.GetEntry(SysrootExportWriter.DescriptionName) ?? throw new InvalidDataException($"it holds no {SysrootExportWriter.DescriptionName}");
        var json = Content(entry, LargestContent);
        try
        {
            using var raw = JsonDocument.Parse(json);
            var format = raw.RootElement.TryGetProperty("format", out var number) && number.TryGetInt32(out var value) ? value : 0;
            if (format is < 1 or > SysrootExport.CurrentFormat)
            {
                throw new InvalidDataException($"its format is {format}, and this ferry knows {SysrootExport.CurrentFormat}");
            }

            return JsonSerializer.Deserialize(json, SysrootJson.Default.SysrootExport) is { } export && export.Device.Schema <= DeviceProfile.CurrentSchema
                ? export
                : throw new InvalidDataException("its device was written by a newer ferry");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"its {SysrootExportWriter.DescriptionName} cannot be understood: {e.Message}", e);
        }
    }

    private static List<SysrootContent> Contents(ZipArchive archive, SysrootExport export)
    {
        if (export.Files.FirstOrDefault(file => file.Paths.Count == 0 || !file.Paths.All(DevicePath.IsPlain)) is { } wrong)
        {
            throw new InvalidDataException($"it names a path that is none on a device: '{wrong.Paths.FirstOrDefault(path => !DevicePath.IsPlain(path))}'");
        }

        if (export.Files.SelectMany(file => file.Paths).GroupBy(path => path).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"it names {twice.Key} twice");
        }

        var expected = export.Files.Select(file => SysrootExportWriter.Folder + file.Paths[0]).Append(SysrootExportWriter.DescriptionName).ToHashSet();
        if (archive.Entries.FirstOrDefault(entry => !expected.Contains(entry.FullName)) is { } extra)
        {
            throw new InvalidDataException($"it holds '{extra.FullName}', of which it says nothing");
        }

        var room = LargestContent;
        return [.. export.Files.Select(file =>
        {
            var entry = archive.GetEntry(SysrootExportWriter.Folder + file.Paths[0]) ?? throw new InvalidDataException($"it lacks {file.Paths[0]}");
            var bytes = Content(entry, room);
            room -= bytes.Length;
            var wanted = new WantedFile { Paths = file.Paths, Size = file.Size, Sha256 = file.Sha256, Cksum = file.Cksum };
            return SysrootContent.Fits(wanted, bytes) ? new SysrootContent(wanted, bytes) : throw new InvalidDataException($"{file.Paths[0]} in it is not what it says it is");
        })];
    }

    private static byte[] Content(ZipArchiveEntry entry, long room)
    {
        if (entry.Length > room)
        {
            throw new InvalidDataException($"'{entry.FullName}' in it is too large");
        }

        using var stream = entry.Open();
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static void ThrowIfForeign(DeviceRecord device, List<SysrootContent> contents)
    {
        foreach (var content in contents)
        {
            if (ElfOf(content.Bytes) is { } file && MachineNames.Of(file.Machine) != device.Profile.Userland.Machine)
            {
                throw new InvalidDataException($"{content.Wanted.Paths[0]} in it is for {MachineNames.Of(file.Machine)}, and the device is {device.Profile.Userland.Machine}");
            }
        }
    }

    private static ElfFile? ElfOf(byte[] bytes)
    {
        try
        {
            return ElfFile.Read(bytes);
        }
        catch (ElfFormatException)
        {
            return null;
        }
    }

    // Chosen anew: what the file says of it is a word of whoever wrote it.
    private static TargetChoice TargetOf(DeviceRecord device) =>
        TargetChoice.For(device.Profile) is { Triple: not null } choice ? choice : throw new InvalidDataException("its device is one that Ferry has no target for");
}
