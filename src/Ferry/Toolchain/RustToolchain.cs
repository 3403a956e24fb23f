using Ferry.Processes;

namespace Ferry.Toolchain;

/// <summary>The user's rustc and cargo, found as cargo itself would find them, and what they say of themselves.</summary>
/// <param name="Cargo">The program to start; behind it <see cref="Prefix"/>.</param>
/// <param name="Rustc">The program to start; behind it <see cref="Prefix"/>.</param>
/// <param name="Prefix">Nothing, or the <c>+toolchain</c> that the user typed, for rustup's proxies.</param>
/// <param name="Version">Such as 1.85.0 or 1.97.0-nightly.</param>
/// <param name="Host">The target of this PC.</param>
/// <param name="Sysroot">Where the toolchain lies: rust-lld and the standard libraries are in its lib/rustlib.</param>
internal sealed record RustToolchain(string Cargo, string Rustc, IReadOnlyList<string> Prefix, string Version, string Host, string Sysroot)
{
    /// <summary>rustup's name of the toolchain, such as stable-x86_64-unknown-linux-gnu; null where rustup did not bring it.</summary>
    public string? RustupToolchain =>
        Path.GetFileName(Path.GetDirectoryName(Sysroot)) == "toolchains" ? Path.GetFileName(Sysroot) : null;

    /// <summary>Finds them. Throws <see cref="FerryException"/> (exit 4) when one is missing, exit 1 when rustc has no answer.</summary>
    /// <param name="toolchain">What stands behind the plus of <c>+toolchain</c>, or null.</param>
    /// <param name="folder">Where cargo will run: rustup looks for rust-toolchain.toml from there. Null is the current folder.</param>
    public static RustToolchain Find(string? toolchain = null, string? folder = null)
    {
        folder ??= Environment.CurrentDirectory;
        var rustc = Program("RUSTC", "rustc");
        var cargo = Program("CARGO", "cargo");
        var key = RustAnswer.KeyOf(rustc, toolchain, folder);
        if (RustAnswer.Remembered(key) is not { } answer)
        {
            answer = Ask(rustc, toolchain, folder);
            answer.Remember(key);
        }

        return new(cargo, rustc, PrefixOf(toolchain), answer.Version, answer.Host, answer.Sysroot);
    }

    private static string[] PrefixOf(string? toolchain) => toolchain is null ? [] : ["+" + toolchain];

    private static string Program(string variable, string name)
    {
        var wanted = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : name;
        return Tool.Find(wanted) ?? throw new FerryException(
            $"'{wanted}' is not {(wanted == name ? "on the PATH" : "there, though the variable " + variable + " names it")}",
            null,
            wanted == name ? "install Rust: https://rustup.rs" : $"unset {variable}, or let it name a file",
            ExitCode.ToolMissing);
    }

    private static RustAnswer Ask(string rustc, string? toolchain, string folder)
    {
        var version = Run(rustc, toolchain, folder, "-vV");
        var lines = version.Split('\n').Select(line => line.Split(": ", 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1].Trim());
        return lines.TryGetValue("release", out var release) && lines.TryGetValue("host", out var host)
            ? new(release, host, Run(rustc, toolchain, folder, "--print", "sysroot").Trim())
            : throw new FerryException($"'{rustc} -vV' does not say its release and host", version.Trim());
    }

    private static string Run(string rustc, string? toolchain, string folder, params string[] arguments)
    {
        var result = Tool.Run(rustc, [.. PrefixOf(toolchain), .. arguments], folder);
        return result.Succeeded
            ? result.Output
            : throw new FerryException($"'{rustc} {string.Join(' ', [.. PrefixOf(toolchain), .. arguments])}' failed", result.Errors.Trim(), toolchain is null ? null : $"rustup toolchain install {toolchain}; without rustup there is no +{toolchain}");
    }
}
