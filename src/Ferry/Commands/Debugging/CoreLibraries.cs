using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Cores;
using Ferry.Packages;
using Ferry.Remote.Packing;
using Ferry.Remote.Ssh;
using Ferry.Remote.Sysroots;
using Ferry.Terminal;

namespace Ferry.Commands.Debugging;

/// <summary>The libraries that a core was made with: those that are not here, or are others here, come from the device.</summary>
/// <param name="core">The core.</param>
/// <param name="device">Where it was made.</param>
/// <param name="sysroot">What is here of that device; null for nothing.</param>
/// <param name="program">The program, and the libraries that went along with it.</param>
internal sealed class CoreLibraries(CoreFile core, DeviceRecord device, Sysroot? sysroot, PackedProgram program)
{
    /// <summary>Where the debugger finds all of them: a sysroot, and folders with libraries besides. The same sysroot when nothing is lacking.</summary>
    /// <param name="folder">A folder of this core alone.</param>
    public (string? Sysroot, IReadOnlyList<string> Folders) Complete(string folder)
    {
        var lacking = core.Files.Where(file => file.Offset == 0 && IsLibrary(file)).DistinctBy(file => file.Path).Select(file => (file.Path, Id: core.BuildIdOf(file))).Where(file => !IsHere(file.Path, file.Id)).ToList();
        if (lacking.Count == 0)
        {
            return (sysroot?.Folder, []);
        }

        var libraries = Path.Combine(folder, "libraries");
        var missing = lacking.Where(file => BuildIdOf(Path.Combine(libraries, DevicePath.Name(file.Path))) is not { } kept || kept != file.Id).ToList();
        if (missing.Count > 0)
        {
            Fetch(missing, libraries);
        }

        return (sysroot is null ? null : Without(Path.Combine(folder, "sysroot"), libraries), [libraries]);
    }

    /// <summary>What a sysroot could hold; neither the program, nor what went along with it.</summary>
    private bool IsLibrary(MappedFile file) =>
        DevicePath.IsPlain(file.Path) && DevicePath.Name(file.Path) is var name && name != program.Program.Name
        && (name.Contains(".so.", StringComparison.Ordinal) || name.EndsWith(".so", StringComparison.Ordinal))
        && !program.Libraries.Any(library => file.Path.Contains(library.Sha256, StringComparison.Ordinal));

    /// <summary>By its build id. One that the core does not tell is not doubted.</summary>
    private bool IsHere(string path, string? id)
    {
        var places = sysroot is null ? [] : new[] { sysroot.PathOf(path), sysroot.FindLibrary(DevicePath.Name(path)) }.OfType<string>().Where(File.Exists).ToList();
        return places.Any(place => id is null || BuildIdOf(place) == id);
    }

    private void Fetch(IReadOnlyList<(string Path, string? Id)> missing, string into)
    {
        Status.Say("Fetching", $"libraries of the core that are not here: {string.Join(", ", missing.Select(file => file.Path))}");
        IReadOnlyDictionary<string, byte[]> came;
        try
        {
            var master = SshMaster.Connect(SshAddress.Parse(device.Address));
            came = DeviceFiles.Read(script => RemoteScriptOutput.Of(master, script), missing.Select(file => file.Path), device.Profile, device.Name);
        }
        catch (FerryException e)
        {
            Status.Warn($"{e.Message}; frames in those libraries may be wrong");
            return;
        }

        Directory.CreateDirectory(into);
        foreach (var (path, id) in missing)
        {
            if (!came.TryGetValue(path, out var bytes))
            {
                Status.Warn($"device '{device.Name}' has no '{path}' any more: frames there have no names");
            }
            else if (id is not null && Read(bytes)?.BuildId != id)
            {
                Status.Warn($"'{path}' on device '{device.Name}' is another one than the core was made with: frames there have no names");
            }
            else
            {
                Keep(into, path, bytes);
            }
        }
    }

    /// <summary>Under its own name, and under the one that programs want.</summary>
    private static void Keep(string into, string path, byte[] bytes)
    {
        var names = new[] { DevicePath.Name(path), Read(bytes)?.Dynamic?.SoName }.OfType<string>().Where(name => DevicePath.IsPlain("/" + name) && !name.Contains('/', StringComparison.Ordinal)).Distinct();
        foreach (var name in names)
        {
            File.WriteAllBytes(Path.Combine(into, name), bytes);
        }
    }

    /// <summary>A sysroot without what the core was not made with: debuggers look there first.</summary>
    private string Without(string folder, string libraries)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var others = Directory.Exists(libraries) ? Directory.EnumerateFiles(libraries).Select(Path.GetFileName).ToHashSet() : [];
        foreach (var path in sysroot!.Description.Files.Where(file => file.Package is null && !file.Paths.Any(path => others.Contains(DevicePath.Name(path)))).SelectMany(file => file.Paths))
        {
            var place = Sysroot.PathOf(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (OperatingSystem.IsWindows())
            {
                File.Copy(sysroot.PathOf(path), place);
            }
            else
            {
                File.CreateSymbolicLink(place, sysroot.PathOf(path));
            }
        }

        return folder;
    }

    private static string? BuildIdOf(string path) => File.Exists(path) ? Read(File.ReadAllBytes(path))?.BuildId : null;

    private static ElfFile? Read(byte[] bytes)
    {
        try
        {
            var elf = ElfFile.Read(bytes);
            _ = elf.BuildId;
            return elf;
        }
        catch (ElfFormatException)
        {
            return null;
        }
    }
}
