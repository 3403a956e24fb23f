using Ferry.Packages.Formats;

namespace Ferry.Packages;

/// <summary>
/// Which packages a link needs: those that were asked for, and the -dev packages that they depend on. Their libraries are a second matter
/// (<see cref="Libraries"/>): the device's own are taken where it has them.
/// </summary>
internal sealed class PackageChoice
{
    private readonly DevicePackages device;
    private readonly Lazy<PackageArchives> archives;
    private readonly string deviceName;
    private readonly Action<string> warn;
    private readonly List<ChosenPackage> chosen = [];
    private readonly HashSet<string> seen = [];

    private PackageChoice(DevicePackages device, Lazy<PackageArchives> archives, string deviceName, Action<string> warn) =>
        (this.device, this.archives, this.deviceName, this.warn) = (device, archives, deviceName, warn);

    public static IReadOnlyList<ChosenPackage> Of(IReadOnlyList<string> asked, DevicePackages device, Lazy<PackageArchives> archives, string deviceName, Action<string> warn)
    {
        var choice = new PackageChoice(device, archives, deviceName, warn);
        foreach (var name in asked)
        {
            choice.Take(name, isAsked: true);
        }

        return choice.chosen;
    }

    /// <summary>The libraries that these packages depend on and that the device does not have: from its archives.</summary>
    public static IReadOnlyList<ChosenPackage> Libraries(IEnumerable<ChosenPackage> of, DevicePackages device, Lazy<PackageArchives> archives) =>
        [.. of.SelectMany(package => package.Info.Needs).SelectMany(alternatives => alternatives.Take(1)).Where(wish => !IsDevelopment(wish.Name) && !device.Installed.ContainsKey(wish.Name))
            .DistinctBy(wish => wish.Name)
            .Select(wish => archives.Value.Find(wish.Name).FirstOrDefault(package => package.Info.IsLibrary && Fits(package.Info.Version, wish)))
            .OfType<ArchivePackage>()
            .Select(package => new ChosenPackage(package.Info, package, Asked: false))];

    private static bool IsDevelopment(string name) => name.EndsWith("-dev", StringComparison.Ordinal);

    private void Take(string name, bool isAsked)
    {
        if (!seen.Add(name))
        {
            return;
        }

        if ((Installed(name) ?? FromArchive(name)) is not { } package)
        {
            // What a package only depends on may be a name that nobody needs for a link; what was asked for must be there.
            _ = isAsked ? throw Unknown(name) : false;
            return;
        }

        seen.Add(package.Info.Name);
        if (chosen.All(other => other.Info.Name != package.Info.Name))
        {
            chosen.Add(package with { Asked = isAsked });
        }

        foreach (var wish in package.Info.Needs.Select(alternatives => alternatives.FirstOrDefault(one => device.Installed.ContainsKey(one.Name)) ?? alternatives[0]).Where(wish => IsDevelopment(wish.Name)))
        {
            Take(wish.Name, isAsked: false);
        }
    }

    private ChosenPackage? Installed(string name) => device.Installed.TryGetValue(name, out var info) ? new(info, null, false) : null;

    /// <summary>The newest whose libraries are those that the device has; else the newest, which is said.</summary>
    private ChosenPackage? FromArchive(string name)
    {
        var candidates = archives.Value.Find(name).ToList();
        if (candidates.Count == 0)
        {
            return null;
        }

        var best = candidates.FirstOrDefault(candidate => Others(candidate.Info).Count == 0);
        if (best is not null)
        {
            return new(best.Info, best, false);
        }

        foreach (var (wish, installed) in Others(candidates[0].Info))
        {
            warn($"{candidates[0].Info.Name} {candidates[0].Info.Version} belongs to {wish.Name} {wish.Version}, and '{deviceName}' has {installed}: its archive has no other. Programs are linked against the device's own library");
        }

        return new(candidates[0].Info, candidates[0], false);
    }

    private List<(Dependency Wish, string Installed)> Others(PackageInfo info) =>
        [.. from alternatives in info.Needs
            let wish = alternatives[0]
            where wish.Version is not null && device.Installed.TryGetValue(wish.Name, out var installed) && installed.Name == wish.Name && !Fits(installed.Version, wish)
            select (wish, device.Installed[wish.Name].Version)];

    private static bool Fits(string version, Dependency wish)
    {
        var order = wish.Version is null ? 0 : DebianVersion.Order.Compare(version, wish.Version);
        return wish.Relation switch { "=" => order == 0, ">=" or ">" => order >= 0, ">>" => order > 0, "<=" or "<" => order <= 0, "<<" => order < 0, _ => true };
    }

    private FerryException Unknown(string name)
    {
        var near = Settings.Spelling.Nearest(name, [.. archives.Value.Names.Where(IsDevelopment)]);
        var cause = archives.Value.LeftOut.Count > 0 ? "left out: " + string.Join("; ", archives.Value.LeftOut)
            : archives.Value.Used.Count > 0 ? "looked in " + string.Join(", ", archives.Value.Used)
            : "its apt sources name no archive that can be used";
        return new FerryException($"no package '{name}' in the archives of device '{deviceName}'", cause, near is not null ? $"did you mean '{near}'?"
            : $"with the files in a folder laid out as the device's root: ferry sysroot add {deviceName} --from-dir FOLDER");
    }
}
