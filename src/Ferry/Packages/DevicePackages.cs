using Ferry.Devices;
using Ferry.Packages.Formats;
using Ferry.Remote;

namespace Ferry.Packages;

/// <summary>What a device with dpkg has installed, and where it would get more.</summary>
internal sealed record DevicePackages
{
    private const string StatusFile = "/var/lib/dpkg/status";
    private const string Marker = "==ferry-dpkg==";

    /// <summary>dpkg's own name for it: "arm64", "armhf".</summary>
    public required string Architecture { get; init; }

    /// <summary>What is installed for this architecture, by every name that it goes by.</summary>
    public required IReadOnlyDictionary<string, PackageInfo> Installed { get; init; }

    public required IReadOnlyList<AptSource> Sources { get; init; }

    /// <summary>The keyrings that apt trusts where a source names none.</summary>
    public required IReadOnlyList<string> Keyrings { get; init; }

    /// <summary>Asks in two trips. Throws <see cref="FerryException"/> for a device without dpkg.</summary>
    public static DevicePackages Ask(RunRemoteScript run, DeviceProfile profile, string device, Action<string> warn)
    {
        var lines = DeviceLines.Of(run, Marker, $$"""
            [ -f {{StatusFile}} ] && printf 'arch %s\n' "$(dpkg --print-architecture)"
            for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
              [ -f "$file" ] && printf 'source %s\n' "$file"
            done
            for file in /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d/*.gpg /etc/apt/trusted.gpg.d/*.asc; do
              [ -f "$file" ] && printf 'keyring %s\n' "$file"
            done
            """, device);
        var architecture = Values(lines, "arch ").FirstOrDefault();
        if (string.IsNullOrEmpty(architecture))
        {
            throw WithoutDpkg(profile, device);
        }

        var sources = Values(lines, "source ").Where(DevicePath.IsPlain).ToList();
        var files = DeviceFiles.Text(run, [StatusFile, .. sources], profile, device);
        return new DevicePackages
        {
            Architecture = architecture,
            Installed = InstalledOf(files.GetValueOrDefault(StatusFile, ""), architecture),
            Sources = [.. sources.SelectMany(path => AptSources.Read(path, files.GetValueOrDefault(path, ""), architecture, warn)).DistinctBy(source => (source.Folder, string.Join(' ', source.Components)))],
            Keyrings = [.. Values(lines, "keyring ").Where(DevicePath.IsPlain)],
        };
    }

    public static Dictionary<string, PackageInfo> InstalledOf(string status, string architecture)
    {
        var installed = new Dictionary<string, PackageInfo>();
        var packages = Deb822.Paragraphs(status).Where(fields => fields.GetValueOrDefault("Status", "").EndsWith(" installed", StringComparison.Ordinal))
            .Select(PackageInfo.Of).Where(package => package.Architecture == architecture || package.Architecture == "all").ToList();
        foreach (var package in packages)
        {
            installed[package.Name] = package;
        }

        foreach (var package in packages)
        {
            foreach (var name in package.Names.Skip(1))
            {
                installed.TryAdd(name, package);
            }
        }

        return installed;
    }

    private static IEnumerable<string> Values(IReadOnlyList<string> lines, string key) =>
        lines.Where(line => line.StartsWith(key, StringComparison.Ordinal)).Select(line => line[key.Length..].Trim());

    private static FerryException WithoutDpkg(DeviceProfile profile, string device) => new(
        $"device '{device}' has no dpkg, so Ferry knows no archive for its packages",
        $"its system is {profile.Os.Pretty ?? profile.Os.Id ?? "unknown"}, without {StatusFile}",
        $"unpack the package's files into a folder laid out as the device's root, then: ferry sysroot add {device} --from-dir FOLDER");
}
