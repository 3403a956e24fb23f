using Ferry.Processes;

namespace Ferry.Toolchain;

/// <summary>lld: the one that comes with Rust, or the distribution's.</summary>
internal static class Linker
{
    /// <summary>Debian's Rust has no rust-lld, and its package lld-NN has no ld.lld.</summary>
    private static readonly string[] NamesOnPath = ["ld.lld", .. Enumerable.Range(13, 18).Reverse().Select(version => $"ld.lld-{version}")];

    /// <summary>The full path of a linker. Throws <see cref="FerryException"/> (exit 4) when there is none.</summary>
    public static string Find(RustToolchain rust)
    {
        var own = Path.Combine(rust.Sysroot, "lib", "rustlib", rust.Host, "bin", OperatingSystem.IsWindows() ? "rust-lld.exe" : "rust-lld");
        return File.Exists(own)
            ? own
            : NamesOnPath.Select(Tool.Find).FirstOrDefault(path => path is not null)
                ?? throw new FerryException(
                    "no linker: neither rust-lld in Rust's own folder nor ld.lld on the PATH",
                    $"no {own}",
                    "rustup brings rust-lld with every toolchain; with a distribution's Rust install its package lld",
                    ExitCode.ToolMissing);
    }

    /// <summary>rust-lld is several linkers in one file and wants to be told which.</summary>
    public static IReadOnlyList<string> FlavorOf(string linker) =>
        Path.GetFileNameWithoutExtension(linker) == "rust-lld" ? ["-flavor", "gnu"] : [];
}
