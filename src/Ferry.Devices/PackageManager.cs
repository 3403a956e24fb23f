namespace Ferry.Devices;

/// <summary>A distribution's way to install a package, without questions.</summary>
/// <param name="Tool">The program that says that a system has it.</param>
/// <param name="Install">The command, the package's name left out.</param>
/// <param name="Gdbserver">The package that brings gdbserver.</param>
public sealed record PackageManager(string Tool, string Install, string Gdbserver)
{
    /// <summary>Those that are known, the more telling first: some systems have a second one beside their own.</summary>
    public static IReadOnlyList<PackageManager> All { get; } =
    [
        new("apt-get", "apt-get install -y", "gdbserver"),
        new("dnf", "dnf install -y", "gdb-gdbserver"),
        new("yum", "yum install -y", "gdb-gdbserver"),
        new("zypper", "zypper --non-interactive install", "gdbserver"),
        new("pacman", "pacman -S --noconfirm", "gdb"),
        new("apk", "apk add", "gdb"),
        new("opkg", "opkg install", "gdbserver"),
        new("xbps-install", "xbps-install -y", "gdb"),
    ];

    /// <summary>The one that a system with these tools has; null when it has none that is known.</summary>
    public static PackageManager? Of(IEnumerable<string> tools)
    {
        var there = tools.ToHashSet();
        return All.FirstOrDefault(manager => there.Contains(manager.Tool));
    }
}
