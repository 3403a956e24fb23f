using System.Collections.Concurrent;
using Ferry.Elf;
using Ferry.Lab;

namespace Ferry.Devices.Tests;

/// <summary>Static programs that rustc and rust-lld make of a source, each once for all tests.</summary>
internal static class Built
{
    public const string Hello = "fn main() { println!(\"hello\"); }";

    private static readonly string Toolchain = Path.Combine(Repository.Cache, "toolchain", "bin");
    private static readonly ConcurrentDictionary<string, Lazy<byte[]>> Made = new();

    public static ElfFile Program(string target, string source, params string[] options) => ElfFile.Read(Bytes(target, source, options));

    /// <summary>A copy of the caller's own.</summary>
    public static byte[] Bytes(string target, string source, params string[] options)
    {
        Assert.SkipUnless(Directory.Exists(Toolchain), "no Rust toolchain; ./test makes it");
        return [.. Made.GetOrAdd(string.Join('\n', [target, source, .. options]), _ => new(() => Make(target, source, options))).Value];
    }

    private static byte[] Make(string target, string source, string[] options)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["app.rs"], source);
        string[] link = options.Contains("--emit=obj") ? [] : ["-C", "linker=rust-lld", "-C", "link-self-contained=yes"];
        Run.Process(Path.Combine(Toolchain, "rustc"), ["--target", target, "--crate-name", "app", .. link, .. options, "-o", folder["app"], folder["app.rs"]]).ShouldExitWith(0);
        return File.ReadAllBytes(folder["app"]);
    }
}
