using Ferry.Processes;

namespace Ferry.Toolchain.Compilers;

/// <summary>How a tool is installed on this PC: the command of the package manager that is here.</summary>
internal static class InstallHint
{
    private static readonly (string Manager, string Command, string Clang, string PkgConfig)[] Systems =
    [
        ("apt-get", "sudo apt install", "clang", "pkgconf"),
        ("dnf", "sudo dnf install", "clang", "pkgconf-pkg-config"),
        ("pacman", "sudo pacman -S", "clang", "pkgconf"),
        ("zypper", "sudo zypper install", "clang", "pkgconf-pkg-config"),
        ("apk", "sudo apk add", "clang", "pkgconf"),
        ("brew", "brew install", "llvm", "pkgconf"),
        ("winget", "winget install", "LLVM.LLVM", "bloodrock.pkg-config-lite"),
    ];

    public static string Compiler => Command(system => system.Clang) ?? "install clang (or zig), and have it on the PATH";

    public static string PkgConfig => Command(system => system.PkgConfig) ?? "install pkgconf, and have it on the PATH";

    private static string? Command(Func<(string Manager, string Command, string Clang, string PkgConfig), string> package) =>
        Systems.Where(system => Tool.Find(system.Manager) is not null).Select(system => $"{system.Command} {package(system)}").FirstOrDefault();
}
