using Ferry.Lab;
using Ferry.Packages;
using Ferry.Tests.Probing;

namespace Ferry.Tests.Packages;

/// <summary>A device with dpkg and apt: this PC's own tools, with other sources, keys and installed packages, which a mount namespace shows them.</summary>
internal sealed class AptDevice : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public AptDevice(string sources, byte[]? keyring, string status = "")
    {
        Directory.CreateDirectory(folder["apt/sources.list.d"]);
        Directory.CreateDirectory(folder["apt/trusted.gpg.d"]);
        Directory.CreateDirectory(folder["apt/keyrings"]);
        File.WriteAllText(folder["apt/sources.list"], sources);
        File.WriteAllText(folder["status"], "Package: dpkg\nStatus: install ok installed\nVersion: 1.21\nArchitecture: amd64\n\n" + status);
        if (keyring is not null)
        {
            File.WriteAllBytes(folder["apt/keyrings/test.gpg"], keyring);
        }

        Device = new LocalDevice("sh") { Home = folder.Path, Mounts = $"mount --bind {folder["apt"]} /etc/apt && mount --bind {folder["status"]} /var/lib/dpkg/status" };
    }

    /// <summary>The keyring's path, as a source names it.</summary>
    public const string Keyring = "/etc/apt/keyrings/test.gpg";

    public LocalDevice Device { get; }

    public List<string> Warnings { get; } = [];

    public string this[string path] => folder[path];

    public DevicePackages Ask() => DevicePackages.Ask(Device.Run, new() { Tools = ["gzip"] }, "box", Warnings.Add);

    /// <summary>What <c>ferry sysroot add</c> does to choose packages.</summary>
    public IReadOnlyList<ChosenPackage> Choose(params string[] names)
    {
        var packages = Ask();
        using var download = Download();
        return PackageChoice.Of(names, packages, new Lazy<PackageArchives>(() => Load(packages, download)), "box", Warnings.Add);
    }

    public Download Download() => new(folder["cache"], TimeSpan.FromSeconds(3));

    public IEnumerable<string> Kept => Directory.Exists(folder["cache"]) ? Directory.EnumerateFiles(folder["cache"]).Select(file => Path.GetFileName(file)) : [];

    public void Dispose() => folder.Dispose();

    private PackageArchives Load(DevicePackages packages, Download download) =>
        PackageArchives.Load(packages, new ReleaseSignature(Device.Run, packages, "box"), download, DateTimeOffset.UtcNow, Warnings.Add, _ => { });
}
