using Ferry.Processes;
using Ferry.Toolchain;

namespace Ferry.Debugging;

/// <summary>What a toolchain has for debuggers: the scripts that show Rust's types, and std's sources.</summary>
internal static class RustSources
{
    /// <summary>Where rustc keeps its scripts; null where it came without (distributions pack them apart).</summary>
    public static string? Printers(RustToolchain rust)
    {
        var folder = Path.Combine(rust.Sysroot, "lib", "rustlib", "etc");
        return File.Exists(Path.Combine(folder, "gdb_lookup.py")) && File.Exists(Path.Combine(folder, "lldb_lookup.py")) ? folder : null;
    }

    /// <summary>std's debug info names its sources below <c>/rustc/COMMIT</c>; rustup's component rust-src brings them.</summary>
    public static IReadOnlyList<(string Written, string Here)> Std(RustToolchain rust)
    {
        var here = Path.Combine(rust.Sysroot, "lib", "rustlib", "src", "rust");
        if (!Directory.Exists(here))
        {
            return [];
        }

        const string Field = "commit-hash: ";
        var commit = Tool.Run(rust.Rustc, [.. rust.Prefix, "-vV"]).Output.Split('\n').FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal))?[Field.Length..].Trim();
        return commit is null or "unknown" ? [] : [("/rustc/" + commit, here)];
    }
}
