using Ferry.Processes;

namespace Ferry.Toolchain;

/// <summary>Whether Rust's standard library is there for a target, and if not, what to do about it. Asking the user is the caller's.</summary>
/// <param name="Target">The Rust target.</param>
/// <param name="IsPresent">Whether programs for it can be compiled.</param>
/// <param name="Install">A command that brings it, where rustup is there; else null.</param>
/// <param name="Help">What to tell the user when it is missing.</param>
internal sealed record TargetStd(string Target, bool IsPresent, IReadOnlyList<string>? Install, string Help)
{
    public static TargetStd Find(RustToolchain rust, string target)
    {
        var usual = Path.Combine(rust.Sysroot, "lib", "rustlib", target, "lib");
        if (HasCore(usual) || HasCore(AskedOf(rust, target)))
        {
            return new(target, true, null, "");
        }

        return rust.RustupToolchain is { } toolchain && Tool.Find("rustup") is { } rustup
            ? new(target, false, [rustup, "target", "add", "--toolchain", toolchain, target], $"rustup target add --toolchain {toolchain} {target}")
            : new(target, false, null, HelpWithoutRustup(target));
    }

    /// <summary>Runs <see cref="Install"/> to its end. Throws <see cref="FerryException"/> when that fails.</summary>
    public void RunInstall()
    {
        if (Install is null)
        {
            throw Missing();
        }

        var result = Tool.Run(Install[0], Install.Skip(1));
        if (!result.Succeeded)
        {
            throw new FerryException($"rustup could not install Rust's standard library for {Target}", result.Errors.Trim(), Help, ExitCode.ToolMissing);
        }
    }

    public FerryException Missing() => new($"Rust's standard library for {Target} is not installed", null, Help, ExitCode.ToolMissing);

    private static string AskedOf(RustToolchain rust, string target)
    {
        var result = Tool.Run(rust.Rustc, [.. rust.Prefix, "--print", "target-libdir", "--target", target]);
        return result.Succeeded
            ? result.Output.Trim()
            : throw new FerryException($"rustc {rust.Version} has no target '{target}'", result.Errors.Trim(), "see them all: rustc --print target-list");
    }

    private static bool HasCore(string folder) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, "libcore-*.rlib").Any();

    private static string HelpWithoutRustup(string target) => DebianArchitecture(target) is { } architecture
        ? $"with rustup (https://rustup.rs): rustup target add {target}; with Debian's own rustc: dpkg --add-architecture {architecture} && apt install libstd-rust-dev:{architecture}"
        : $"with rustup (https://rustup.rs): rustup target add {target}";

    private static string? DebianArchitecture(string target) => target switch
    {
        "aarch64-unknown-linux-gnu" => "arm64",
        "armv7-unknown-linux-gnueabihf" => "armhf",
        "x86_64-unknown-linux-gnu" => "amd64",
        _ => null,
    };
}
