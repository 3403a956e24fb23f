using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.EndToEnd.OlderGlibc;

/// <summary>A target, the libraries of Debian 12 (glibc 2.36) to link against, and those of Debian 11 (glibc 2.31) to run with.</summary>
public sealed record OldSystem(string Target, string Debian, string Folder, string Interpreter, string Qemu, string Oldest)
{
    private static readonly OldSystem[] All =
    [
        new("aarch64-unknown-linux-gnu", "arm64", "aarch64-linux-gnu", "/lib/ld-linux-aarch64.so.1", "/usr/bin/qemu-aarch64", "GLIBC_2.17"),
        new("armv7-unknown-linux-gnueabihf", "armhf", "arm-linux-gnueabihf", "/lib/ld-linux-armhf.so.3", "/usr/bin/qemu-arm", "GLIBC_2.4"),
        new("x86_64-unknown-linux-gnu", "amd64", "x86_64-linux-gnu", "/lib64/ld-linux-x86-64.so.2", "", "GLIBC_2.2.5"),
    ];

    public static OldSystem Of(string target) => All.Single(system => system.Target == target);

    internal SysrootFacts Sysroot => new($"Debian 12 {Debian} of the tests", Path.Combine(Repository.Cache, "systems", Debian), Interpreter, [$"/usr/lib/{Folder}"]);

    /// <summary>Debian 11's files, at their own paths.</summary>
    public string Root => Path.Combine(Repository.Cache, "old-glibc", Debian);

    /// <summary>A program with glibc 2.31: in QEMU, or on this PC by the old loader.</summary>
    public RunResult Execute(string program, params string[] arguments)
    {
        Assert.SkipUnless(Directory.Exists(Root), $"no {Root}; ./test makes it");
        var libraries = Path.Combine(Root, "lib", Folder);
        string[] line = Qemu.Length > 0
            ? [Qemu, "-L", Root, program, .. arguments]
            : [Path.Combine(libraries, "ld-2.31.so"), "--library-path", libraries, program, .. arguments];
        return Run.Process(line[0], line[1..], timeout: TimeSpan.FromMinutes(1));
    }
}
