using Ferry.Devices;
using Ferry.Elf;
using Ferry.Remote.Sysroots;

namespace Ferry.Remote.Emulator;

/// <summary>The distribution's cross libraries, seen as those of a device that has them in /lib.</summary>
internal static class EmulatorLibraries
{
    private const string Folder = "/lib";
    private const string Libc = "libc.so.6";

    /// <summary>The file whose lack says that they are not installed; null when they are, or none are needed.</summary>
    public static string? Missing(string? libraries) => libraries is null ? null
        : new[] { Libc, "libgcc_s.so.1" }.Select(name => Path.Combine(libraries, name)).FirstOrDefault(file => !File.Exists(file));

    public static (DeviceProfile Profile, IReadOnlyList<SysrootContent> Contents) Read(EmulatedCpu cpu, string? libraries)
    {
        var contents = libraries is null ? [] : Contents(libraries);
        var names = contents.SelectMany(content => content.Wanted.Paths).Select(DevicePath.Name).Order(StringComparer.Ordinal).ToArray();
        var loaders = names.Where(name => name.StartsWith("ld-linux", StringComparison.Ordinal)).Select(name => $"{Folder}/{name}").ToArray();
        var profile = new DeviceProfile
        {
            Kernel = new() { Name = "Linux", Machine = cpu.Machine == MachineNames.Arm ? "arm" + cpu.Platform : cpu.Machine },
            Userland = new()
            {
                Bits = cpu.Machine == MachineNames.Arm ? 32 : 64,
                Machine = cpu.Machine,
                BigEndian = false,
                HardFloat = cpu.Machine == MachineNames.Arm && libraries is not null ? true : null,
                Source = libraries is null ? null : Path.Combine(libraries, Libc),
            },
            Cpu = new() { Name = cpu.Title, Features = cpu.Features },
            Aux = new() { Platform = cpu.Platform },
            Libc = new()
            {
                Kind = loaders.Length > 0 ? LibcKind.Glibc : null,
                Version = contents.Where(content => content.Wanted.Paths.Contains($"{Folder}/{Libc}")).Select(content => Version(content.Bytes)).FirstOrDefault(),
                Interpreter = loaders is [var loader] ? loader : null,
                Loaders = loaders,
            },
            Model = $"QEMU user emulation of a {cpu.Title}",
            LibraryFolders = names.Length == 0 ? [] : [new() { Path = Folder, RealPath = Folder, Names = names }],
        };
        return (profile, contents);
    }

    /// <summary>QEMU serves the loader from the sysroot: what was added to it is there for programs, too.</summary>
    public static DeviceProfile WithFolders(DeviceProfile profile, Sysroot? sysroot) => sysroot?.HasPackages != true ? profile : profile with
    {
        LibraryFolders =
        [
            .. profile.LibraryFolders,
            .. sysroot.Description.Files.SelectMany(file => file.Paths).Where(path => SysrootPaths.IsLibrary(path) && path.Contains(".so"))
                .GroupBy(DevicePath.Folder).Where(folder => folder.Key != Folder)
                .Select(folder => new LibraryFolder { Path = folder.Key, RealPath = folder.Key, Names = [.. folder.Select(DevicePath.Name).Order(StringComparer.Ordinal)] }),
        ],
    };

    private static List<SysrootContent> Contents(string libraries) =>
        [.. Directory.EnumerateFiles(libraries, "*.so.*").Order(StringComparer.Ordinal)
            .Where(file => DevicePath.IsPlain($"{Folder}/{Path.GetFileName(file)}"))
            .Select(file => new SysrootContent(new WantedFile { Paths = [$"{Folder}/{Path.GetFileName(file)}"] }, File.ReadAllBytes(file)))];

    // The newest version that it defines is its own.
    private static string? Version(byte[] libc)
    {
        const string Family = "GLIBC_";
        try
        {
            return ElfFile.Read(libc).VersionDefinitions.Where(version => version.Name.StartsWith(Family, StringComparison.Ordinal))
                .Select(version => System.Version.TryParse(version.Name.AsSpan(Family.Length), out var number) ? number : null).Max()?.ToString();
        }
        catch (ElfFormatException)
        {
            return null;
        }
    }
}
