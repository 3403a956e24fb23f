using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;

namespace Ferry.EndToEnd.Housekeeping;

/// <summary>A device on this PC with a home folder of its own, added to a Ferry that shares it with no other test.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class HomeDevice
{
    public HomeDevice(LoopbackDevice lab, string name)
    {
        Name = name;
        Home = Directory.CreateDirectory(lab.Sshd.PathOf("home-" + name)).FullName;
        lab.Sshd.AddHost(name, $"HOME={Home} exec sh -c \"$SSH_ORIGINAL_COMMAND\"");
        lab.Ferry.Run("device", "add", name, name).ShouldExitWith(0);
    }

    public string Name { get; }

    public string Home { get; }

    /// <summary>Ferry's folder on the device.</summary>
    public string Folder => Path.Combine(Home, ".cache", "ferry");

    public string Store => Path.Combine(Folder, "store");

    /// <summary>Makes everything in the store look as if nobody had used it for so long.</summary>
    public void Age(int days)
    {
        foreach (var folder in Directory.EnumerateDirectories(Store))
        {
            Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddDays(-days));
        }
    }
}
