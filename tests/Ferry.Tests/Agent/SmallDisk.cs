using Ferry.Lab;

namespace Ferry.Tests.Agent;

/// <summary>A tmpfs of a given size, as small devices have for /tmp. Only root can mount one: elsewhere the test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    public SmallDisk(string size)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "a small file system can only be mounted by root");
        Path = Directory.CreateTempSubdirectory("ferry-small-").FullName;
        var mount = Run.Process("mount", ["-t", "tmpfs", "-o", $"size={size},mode=700", "tmpfs", Path]);
        if (mount.ExitCode != 0)
        {
            Directory.Delete(Path);
            Assert.Skip("no tmpfs can be mounted here: " + mount.Errors);
        }
    }

    public string Path { get; }

    public void Dispose()
    {
        Run.Process("umount", ["-l", Path]).ShouldExitWith(0);
        Directory.Delete(Path);
    }
}
