using Ferry.Devices;
using Ferry.Elf;

namespace Ferry.Remote.Sysroots;

/// <summary>A sysroot that is not written yet: a device's profile and the contents of the files that it names.</summary>
internal sealed class SysrootDraft
{
    private readonly DeviceProfile profile;
    private readonly string id;
    private readonly List<(SysrootFile File, byte[] Bytes, ElfFile? Elf)> files;

    public SysrootDraft(DeviceProfile profile, IEnumerable<SysrootContent> contents)
    {
        this.profile = profile;
        var all = contents.Select(content => (File: content.Describe(), content.Bytes)).ToList();
        id = SysrootStore.IdOf(profile.Libc.FindLoader(), FoldersOf(profile), all.Select(one => (one.File.Paths, one.File.Sha256)));
        files = [.. all.Select(one => (one.File, one.Bytes, Elf: ReadElf(one.Bytes))).Where(one => IsOwn(one.Elf))];
    }

    /// <summary>The files to write: those for the device's own programs. A device may have libraries of other architectures, too.</summary>
    public IEnumerable<(SysrootFile File, byte[] Bytes)> Files => files.Select(one => (one.File, one.Bytes));

    public SysrootDescription Describe()
    {
        var paths = files.SelectMany(one => one.File.Paths).ToHashSet();
        return new SysrootDescription
        {
            Id = id,
            Interpreter = profile.Libc.FindLoader(),
            LibraryFolders = [.. FoldersOf(profile).Where(folder => paths.Any(path => DevicePath.Folder(path) == folder)).Concat(AddedFolders())],
            LibcKind = profile.Libc.Kind,
            LibcVersion = profile.Libc.Version,
            Files = [.. files.Select(one => one.File)],
            Libraries = [.. Libraries()],
        };
    }

    internal static IEnumerable<string> FoldersOf(DeviceProfile profile) =>
        profile.LibraryFolders.Select(folder => folder.Path).Where(DevicePath.IsPlain);

    /// <summary>Folders that packages have brought and that the device's loader does not know: the compiler's (libgcc.a), those of another layout.</summary>
    private IEnumerable<string> AddedFolders() =>
        files.Where(one => one.File.Package is not null).SelectMany(one => one.File.Paths).Where(SysrootPaths.IsLibrary).Select(DevicePath.Folder)
            .Distinct().Except(profile.LibraryFolders.SelectMany(folder => new[] { folder.Path, folder.RealPath ?? folder.Path })).Order(StringComparer.Ordinal);

    // What a package has brought is not on the device for that.
    private IEnumerable<LibraryFacts> Libraries()
    {
        var onDevice = profile.LibraryFolders.SelectMany(folder => folder.Names).ToHashSet();
        var byPath = files.Where(one => one.Elf is not null && (one.File.Package is null || one.File.Paths.Any(path => onDevice.Contains(DevicePath.Name(path))))).SelectMany(one => one.File.Paths.Select(path => (path, one.Elf))).DistinctBy(one => one.path).ToDictionary();
        var seen = new HashSet<string>();
        foreach (var path in FoldersOf(profile).SelectMany(folder => byPath.Keys.Where(path => DevicePath.Folder(path) == folder).Order(StringComparer.Ordinal)))
        {
            if (seen.Add(DevicePath.Name(path)) && Facts(DevicePath.Name(path), byPath[path]!) is { } facts)
            {
                yield return facts;
            }
        }
    }

    private static LibraryFacts? Facts(string name, ElfFile file)
    {
        try
        {
            return LibraryFacts.Of(name, file);
        }
        catch (ElfFormatException)
        {
            return null;
        }
    }

    private bool IsOwn(ElfFile? file) =>
        file is null || profile.Userland.Machine is null
        || (MachineNames.Of(file.Machine) == profile.Userland.Machine && file.Class == ElfClass.Elf64 == (profile.Userland.Bits == 64));

    private static ElfFile? ReadElf(byte[] bytes)
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
}
