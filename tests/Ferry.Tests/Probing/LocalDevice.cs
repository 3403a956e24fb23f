using Ferry.Devices;
using Ferry.Lab;
using Ferry.Remote;

namespace Ferry.Tests.Probing;

/// <summary>Plays a device: a shell of this PC that gets a script on its stdin, with a home of its own.</summary>
internal sealed record LocalDevice(params string[] Shell)
{
    public string? Home { get; init; }

    /// <summary>Runs before the shell, in a mount namespace of its own where there is one.</summary>
    public string? Mounts { get; init; }

    public static string Busybox { get; } = new[] { "/bin/busybox", "/usr/bin/busybox", Path.Combine(Repository.Cache, "systems", "amd64", "bin", "busybox") }.FirstOrDefault(File.Exists) ?? "";

    public RunRemoteScript Run => script => new MemoryStream(Output(script));

    public DeviceProfile Probe() => Remote.Probing.Probe.Run(Run, "here");

    public byte[] Output(string script)
    {
        var environment = new Dictionary<string, string?> { ["HOME"] = Home, ["SHELL"] = "/bin/sh" };
        string[] line = Mounts is null ? Shell : [.. Unshare(), "sh", "-c", Mounts + "\nexec \"$@\"", "sh", .. Shell];
        return Lab.Run.Process(line[0], line[1..], environment: environment, input: System.Text.Encoding.UTF8.GetBytes(script), timeout: TimeSpan.FromSeconds(30))
            .ShouldExitWith(0).OutputBytes;
    }

    /// <summary>A mount namespace: as root, or as the root of a user namespace; without either the test is skipped.</summary>
    public static string[] Unshare()
    {
        string[][] ways = [["unshare", "-m"], ["unshare", "-Umr"]];
        var way = ways.FirstOrDefault(way => OperatingSystem.IsLinux() && Lab.Run.Process(way[0], [way[1], "mount", "-t", "tmpfs", "none", "/mnt"]).ExitCode == 0);
        Assert.SkipWhen(way is null, "no mount namespace: neither root nor user namespaces here");
        return way!;
    }
}
