using Ferry.Lab;

namespace Ferry.Tests.Probing;

/// <summary>A root folder with a shell and some of busybox's tools, and nothing else: what a device without this or that tool is like.</summary>
internal sealed class SmallSystem : IDisposable
{
    public static readonly string[] Tools =
        ["od", "hexdump", "gzip", "sha256sum", "cksum", "readlink", "df", "ls", "id", "date", "uname", "mkdir", "rmdir", "chmod", "rm", "cat", "wc", "tr", "grep"];

    private readonly TemporaryFolder root = new();

    /// <summary>The shell is dash, whose commands are only those that are there; busybox's own finds its tools without files.</summary>
    public SmallSystem(IEnumerable<string> tools)
    {
        var system = Path.Combine(Repository.Cache, "systems", "amd64");
        Assert.SkipUnless(File.Exists(Path.Combine(system, "bin", "busybox")), "no unpacked amd64 system; ./test makes it");
        foreach (var folder in new[] { "bin", "lib64", "lib/x86_64-linux-gnu", "proc", "dev", "tmp", "root", "etc" })
        {
            Directory.CreateDirectory(root[folder]);
        }

        File.Copy(Path.Combine(system, "usr/bin/dash"), root["bin/sh"]);
        File.Copy(Path.Combine(system, "usr/bin/busybox"), root["bin/busybox"]);
        File.Copy(Path.Combine(system, "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"), root["lib64/ld-linux-x86-64.so.2"]);
        foreach (var library in new[] { "libc.so.6", "libresolv.so.2" })
        {
            File.Copy(Path.Combine(system, "usr/lib/x86_64-linux-gnu", library), root["lib/x86_64-linux-gnu/" + library]);
        }

        foreach (var tool in tools)
        {
            // Not every busybox has cksum; then it is the distribution's.
            if (tool == "cksum")
            {
                File.Copy(Path.Combine(system, "usr/bin/cksum"), root["bin/cksum"]);
                continue;
            }

            File.CreateSymbolicLink(root["bin/" + tool], "busybox");
        }

        Device = new LocalDevice("chroot", root.Path, "/bin/sh")
        {
            Home = "/root",
            Mounts = $"mount --bind {root.Path} {root.Path} && mount --rbind /proc {root["proc"]} && mount --rbind /dev {root["dev"]}",
        };
    }

    public LocalDevice Device { get; }

    public void Dispose() => root.Dispose();
}
