using Ferry.Devices;
using Ferry.Packages;
using Ferry.Packages.Formats;
using Ferry.Remote;
using Ferry.Remote.Emulator;
using Ferry.Remote.Ssh;
using Ferry.Remote.Sysroots;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>Adds packages to a device's sysroot: collects their files in memory, then makes another sysroot, then points the device to it.</summary>
internal sealed class SysrootAdding
{
    public const string FromDevice = "device";

    private readonly DeviceRecord device;
    private readonly Sysroot sysroot;
    private readonly PackageTree tree;
    private readonly List<SysrootPackage> added = [];
    private SshMaster? master;

    public SysrootAdding(string name)
        : this(EmulatorDevice.IsName(name) ? DeviceChoice.Emulator(name) : KnownDevice.Find(name), null)
    {
    }

    public SysrootAdding(DeviceRecord device, SshMaster? master)
    {
        this.device = device;
        this.master = master;
        var kept = device.SysrootId is { } id ? SysrootStore.InCache.Find(id) : throw new FerryException(
            $"there is no sysroot of device '{device.Name}' to add to", $"programs for it are static ({device.Target.Triple})", "C code for it is compiled and linked with what the crates bring");
        sysroot = kept ?? DeviceAdding.Libraries(Master(), device) ?? throw new FerryException($"the libraries of device '{device.Name}' are not here", help: $"ferry device add {device.Name} {device.Address}");
        tree = new PackageTree(device.Profile, sysroot.Contents(ofPackages: false));
    }

    private RunRemoteScript Remote => script => RemoteScriptOutput.Of(Master(), script);

    private bool IsEmulator => EmulatorDevice.IsName(device.Name);

    public void Run(IReadOnlyList<string> asked, string? folder)
    {
        var (files, names) = (asked.Where(IsFile).ToList(), asked.Where(word => !IsFile(word)).Distinct().ToList());
        var here = names.Where(name => sysroot.HasPackages && device.Packages.Any(package => package.Name == name)).ToList();
        if (here.Count > 0)
        {
            Status.Say("Unchanged", $"{string.Join(", ", here)}: already in the sysroot of '{device.Name}'");
        }

        names = [.. names.Except(here)];
        if (names.Count + files.Count > 0 || folder is not null)
        {
            Collect(names, files, folder);
            Save();
        }
    }

    /// <summary>After the cache was emptied: everything again, from where it came.</summary>
    public DeviceRecord Again(IReadOnlyList<SysrootPackage> packages)
    {
        var asked = packages.Where(package => package.Asked).ToList();
        Collect([.. asked.Where(package => !IsFile(package.From)).Select(package => package.Name)],
            [.. asked.Where(package => IsFile(package.From) && File.Exists(package.From)).Select(package => package.From)],
            asked.Select(package => package.From).FirstOrDefault(Directory.Exists));
        foreach (var lost in asked.Where(package => added.TrueForAll(other => other.Name != package.Name)))
        {
            Status.Warn($"{lost.Name} is not in the sysroot of '{device.Name}' any more: {lost.From} is gone");
        }

        return Save();
    }

    private static bool IsFile(string word) =>
        word.EndsWith(".deb", StringComparison.Ordinal) && !word.Contains("://", StringComparison.Ordinal) ? true : Path.IsPathRooted(word);

    private void Collect(List<string> names, List<string> files, string? folder)
    {
        if (folder is not null)
        {
            Include(FolderFiles.Read(folder), new() { Name = Path.GetFullPath(folder), From = Path.GetFullPath(folder), Asked = true });
        }

        foreach (var file in files)
        {
            var deb = ReadPackage(file);
            ForeignFile.Refuse(deb.Info, device.Profile, device.Name);
            Include(deb.Files(SysrootPaths.IsWanted), new() { Name = deb.Info.Name, Version = deb.Info.Version, From = Path.GetFullPath(file), Asked = true });
        }

        if (names.Count > 0)
        {
            Named(names);
        }
        else if (!IsEmulator)
        {
            TakeLibraries(tree.Missing());
        }
    }

    private void Named(List<string> names)
    {
        if (IsEmulator)
        {
            throw new FerryException(
                $"the emulator has no archive of packages to take {names[0]} from",
                "its libraries are this PC's own cross libraries",
                $"fetch the package for its architecture and name the file: ferry sysroot add {device.Name} ./{names[0]}.deb",
                ExitCode.WrongUsage);
        }

        if (names.FirstOrDefault(name => !IsName(name)) is { } odd)
        {
            throw new FerryException($"'{odd}' is not the name of a package", help: "a .deb file is named by its path, a folder with --from-dir", exit: ExitCode.WrongUsage);
        }

        Status.Say("Asking", $"'{device.Name}' for its packages");
        var packages = DevicePackages.Ask(Remote, device.Profile, device.Name, Status.Warn);
        using var download = new Download(Path.Combine(Folders.Cache, "packages"));
        var archives = new Lazy<PackageArchives>(() => PackageArchives.Load(
            packages, new ReleaseSignature(Remote, packages, device.Name), download, DateTimeOffset.UtcNow, Status.Warn, title => Status.Say("Looking", $"into {title}")));
        var chosen = PackageChoice.Of(names, packages, archives, device.Name, Status.Warn);
        Take(chosen, download);
        TakeLibraries(tree.Missing());
        if (tree.Missing().Count > 0)
        {
            var libraries = PackageChoice.Libraries(chosen, packages, archives);
            Take(libraries, download);
            foreach (var library in libraries)
            {
                Status.Warn($"'{device.Name}' does not have {library.Info.Name}; what is linked against it needs it there: sudo apt install {library.Info.Name}");
            }
        }
    }

    private void Take(IReadOnlyList<ChosenPackage> packages, Download download)
    {
        var (total, done) = (packages.Sum(package => package.Archive?.Size ?? 0), 0L);
        using var line = new TransferLine("Fetching", "packages");
        foreach (var (info, archive, asked) in packages)
        {
            if (archive is null)
            {
                var name = info.Architecture == "all" ? info.Name : $"{info.Name}:{info.Architecture}";
                Include(DeviceTar.OfPackage(Remote, name, device.Name), new() { Name = info.Name, Version = info.Version, From = FromDevice, Asked = asked });
                continue;
            }

            var file = download.File([archive.Address], archive.Sha256, archive.Size, count => line.Report(done += count, total));
            var deb = Opened(file, archive.Address);
            ForeignFile.Refuse(deb.Info, device.Profile, device.Name);
            Include(deb.Files(SysrootPaths.IsWanted), new() { Name = info.Name, Version = info.Version, From = archive.Address, Asked = asked });
        }
    }

    /// <summary>The device's own libraries that links of packages lead to, as far as it has them.</summary>
    private void TakeLibraries(IReadOnlyList<(string Path, string Package)> wanted)
    {
        var known = device.Profile.LibraryFolders.SelectMany(folder => folder.Names).ToHashSet();
        var there = wanted.Where(one => known.Contains(DevicePath.Name(one.Path))).DistinctBy(one => one.Path).ToDictionary(one => one.Path, one => one.Package);
        foreach (var (path, bytes) in DeviceFiles.Read(Remote, there.Keys, device.Profile, device.Name))
        {
            tree.Add(new(path, bytes, null), there[path]);
        }
    }

    private void Include(IReadOnlyList<PackageFile> files, SysrootPackage package)
    {
        foreach (var file in files)
        {
            tree.Add(file, package.Name);
        }

        added.Add(package);
    }

    private DeviceRecord Save()
    {
        var contents = tree.Contents();
        ForeignFile.Refuse(contents, device.Profile, device.Name);
        var made = SysrootAdditions.Add(SysrootStore.InCache, device.Profile, sysroot, contents);
        var record = device with { SysrootId = made.Id, Packages = [.. device.Packages.Where(old => added.TrueForAll(now => now.Name != old.Name)), .. added] };
        (IsEmulator ? (Action<DeviceRecord>)EmulatorBook.Save : DeviceBook.Save)(record);
        foreach (var package in added)
        {
            Status.Say(made.Id == sysroot.Id ? "Unchanged" : "Added", $"{package.Name}{(package.Version is null ? "" : $" {package.Version}")}{(package.From == FromDevice ? ", from the device" : "")}");
        }

        Status.Say("Sysroot", $"of '{device.Name}' is {made.Id}, {Sizes.Text(made.Description.Files.Sum(file => file.Size))}");
        return record;
    }

    private SshMaster Master() => master ??= DeviceAdding.Connect(device.Name, device.Address);

    private static bool IsName(string word) => word.Length > 1 && char.IsAsciiLetterOrDigit(word[0]) && word.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '+' or '-' or '.');

    private static DebFile ReadPackage(string path)
    {
        try
        {
            return Opened(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FerryException($"there is no file '{path}'", exit: ExitCode.WrongUsage);
        }
    }

    private static DebFile Opened(byte[] file, string where)
    {
        try
        {
            return DebFile.Read(file);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            throw new FerryException($"'{where}' is not a package that can be read", e.Message);
        }
    }
}
