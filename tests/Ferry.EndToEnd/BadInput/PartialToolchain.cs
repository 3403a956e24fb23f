using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.BadInput;

/// <summary>
/// The lab's Rust with parts missing: links to some of its files, and a rustc that takes this folder for its own. Its place is where rustup
/// keeps toolchains, and a stand-in for rustup (whose downloads tests cannot have) writes down how it was called, and brings what it was asked for.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PartialToolchain
{
    public const string Name = "stable-x86_64-unknown-linux-gnu";
    private const string Host = "x86_64-unknown-linux-gnu";

    private readonly string root;

    public PartialToolchain(string below)
    {
        root = Path.Combine(below, "toolchains", Name);
        Script("bin/rustc", $"exec '{ToolPath.Toolchain}/bin/rustc' --sysroot '{root}' \"$@\"");
        Link("bin/cargo");
        Link($"lib/rustlib/{Host}/lib");
        Rustup = Path.Combine(below, "rustup-bin");
        Calls = Path.Combine(below, "rustup-calls");
    }

    /// <summary>A folder for the PATH with rustup in it; see <see cref="AddRustup"/>.</summary>
    public string Rustup { get; }

    /// <summary>What rustup was called with, a line a call.</summary>
    public string Calls { get; }

    public string Bin => Path.Combine(root, "bin");

    public PartialToolchain WithLinker() => Link($"lib/rustlib/{Host}/bin");

    public PartialToolchain WithStd(string target) => Link($"lib/rustlib/{target}");

    public PartialToolchain AddRustup(bool works = true)
    {
        Script(Path.Combine(Rustup, "rustup"), $"""
            echo "$*" >> '{Calls}'
            {(works ? "" : "echo \"error: component 'rust-std' is unavailable\" >&2; exit 1")}
            for target; do :; done
            ln -s '{ToolPath.Toolchain}'/lib/rustlib/"$target" '{root}'/lib/rustlib/
            """);
        return this;
    }

    private PartialToolchain Link(string path)
    {
        var link = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, Path.Combine(ToolPath.Toolchain, path));
        return this;
    }

    private void Script(string path, string text)
    {
        var file = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "#!/bin/sh\n" + text + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
