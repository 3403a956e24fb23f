using Ferry.Lab;

namespace Ferry.Tests.Agent;

/// <summary>A file system of a few megabytes, as a device's /tmp is. Skips the test where none can be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    public static SmallDisk Mount(string size)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a small file system can only be mounted by root");
        var folder = Directory.CreateTempSubdirectory("ferry-full-").FullName;
        var mount = Run.Process("mount", ["-t", "tmpfs", "-o", $"size={size},mode=700", "tmpfs", folder]);
        Assert.SkipUnless(mount.ExitCode == 0, "no tmpfs can be mounted here: " + mount.Errors);
        return new SmallDisk(folder);
    }

    public void Dispose()
    {
        Run.Process("umount", ["-l", Path]).ShouldExitWith(0);
        Directory.Delete(Path);
    }
}
