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
    /// <summary>
    /// A folder that is laid out as the device was when the core was made, with all that is known here: debuggers look into a sysroot first, and ask it for every file that was mapped.
    /// </summary>
    /// <param name="kept">A folder for what the device must be asked for.</param>
    /// <param name="folder">The folder to fill.</param>
    /// <returns>Folders with libraries besides.</returns>
    public IReadOnlyList<string> LayOut(string kept, string folder)
    {
        var libraries = Path.Combine(kept, "libraries");
        var lacking = core.Files.Where(file => file.Offset == 0 && IsLibrary(file)).DistinctBy(file => file.Path).Select(file => (file.Path, Id: core.BuildIdOf(file))).Where(file => !IsHere(file.Path, file.Id)).ToList();
        var missing = lacking.Where(file => BuildIdOf(Path.Combine(libraries, DevicePath.Name(file.Path))) is not { } here || here != file.Id).ToList();
        if (missing.Count > 0)
        {
            Fetch(missing, libraries);
        }

        // What is another here than there is left out, under all its names.
        var others = lacking.SelectMany(file => new[] { DevicePath.Name(file.Path), Read(Path.Combine(libraries, DevicePath.Name(file.Path)))?.Dynamic?.SoName }).OfType<string>().ToHashSet();
        foreach (var path in sysroot?.Description.Files.Where(file => !file.Paths.Any(path => others.Contains(DevicePath.Name(path)))).SelectMany(file => file.Paths) ?? [])
        {
            Place(folder, path, sysroot!.PathOf(path));
        }

        foreach (var (path, _) in lacking)
        {
            Place(folder, path, Path.Combine(libraries, DevicePath.Name(path)));
        }

        foreach (var path in core.Files.Select(file => file.Path).Where(path => DevicePath.IsPlain(path) && DevicePath.Name(path) == program.Program.Name).Distinct())
        {
            Place(folder, path, program.Program.Source);
        }

        return lacking.Count > 0 ? [libraries] : [];
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

    private static void Place(string folder, string path, string file)
    {
        var place = Sysroot.PathOf(folder, path);
        if (!File.Exists(file) || File.Exists(place))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        if (OperatingSystem.IsWindows())
        {
            File.Copy(file, place);
        }
        else
        {
            File.CreateSymbolicLink(place, file);
        }
    }

    private static string? BuildIdOf(string path) => Read(path)?.BuildId;

    private static ElfFile? Read(string path) => File.Exists(path) ? Read(File.ReadAllBytes(path)) : null;

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
