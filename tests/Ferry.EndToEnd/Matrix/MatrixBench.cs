using System.Collections.Concurrent;
using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.Matrix;

/// <summary>
/// Builds the program in Matrix/program with Ferry and runs it on the target's device. What is built stays in the lab's cache, Ferry's home included: the link
/// folder's path is part of what cargo goes by.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class MatrixBench : IDisposable
{
    private static readonly string Source = Repository.PathOf("tests", "Ferry.EndToEnd", "Matrix", "program");
    private static readonly string Home = Path.Combine(Repository.Cache, "matrix");
    private static readonly TimeSpan ToBuildAndRun = TimeSpan.FromMinutes(5);

    private readonly Lazy<LoopbackSshd> sshd = new(LoopbackSshd.Start);
    private readonly ConcurrentDictionary<string, Lazy<FerryTool>> devices = new();
    private readonly ConcurrentDictionary<(string, string), Lazy<MatrixRun>> runs = new();

    /// <summary>Each runs once, whoever asks.</summary>
    public MatrixRun Run(MatrixTarget target, MatrixBuild build) =>
        runs.GetOrAdd((target.Triple, build.Title), _ => new(() => RunNow(target, build))).Value;

    /// <summary>What cargo made.</summary>
    public static string ProgramOf(MatrixTarget target, MatrixBuild build) =>
        Path.Combine(Home, "target", target.Triple, build.Profile == "dev" ? "debug" : build.Profile, "matrix");

    public void Dispose()
    {
        foreach (var device in devices.Values.Where(device => device.IsValueCreated))
        {
            device.Value.Dispose();
        }

        if (sshd.IsValueCreated)
        {
            sshd.Value.Dispose();
        }
    }

    private MatrixRun RunNow(MatrixTarget target, MatrixBuild build)
    {
        var ferry = devices.GetOrAdd(target.Device, _ => new(() => Added(target))).Value;
        string[] options = ["--quiet", "--on", target.Device, .. target.Arguments, "--profile", build.Profile];
        if (build.WithPlugin)
        {
            Ferry(ferry, target, build, ["build", .. options, "-p", "plugin"]).ShouldExitWith(0);
        }

        string[] dns = target.IsBoard ? ["--env", "MATRIX_DNS=1"] : [];
        var result = Ferry(ferry, target, build, ["run", .. options, .. dns, "-p", "matrix", "--features", build.WithPlugin ? "c,plugin" : "c"]);
        result.ExitCode.ShouldBe(0, result.ToString());
        return MatrixRun.Of(target, build, result.Output);
    }

    private static RunResult Ferry(FerryTool ferry, MatrixTarget target, MatrixBuild build, string[] arguments)
    {
        var variables = ferry.Variables();
        variables["MATRIX_C"] = FramesInC(target);
        // Without it rustc leaves functions of 32-bit ARM out of the tables by which a backtrace goes when a panic aborts.
        variables["RUSTFLAGS"] = target.IsArm32 && build.Profile == "fat" ? "-Cforce-unwind-tables=yes" : null;
        return global::Ferry.Lab.Run.Process(FerryTool.Path, arguments, Source, variables, timeout: ToBuildAndRun);
    }

    private FerryTool Added(MatrixTarget target)
    {
        var device = target.Device;
        var ferry = new FerryTool { Ssh = target.IsBoard ? Board.Up(device).Ssh : sshd.Value.SshProgram };
        ferry.Environment["FERRY_HOME"] = Path.Combine(Home, "ferry");
        ferry.Environment["CARGO_TARGET_DIR"] = Path.Combine(Home, "target");
        if (device == MatrixTarget.ThisPc)
        {
            ferry.Environment["XDG_RUNTIME_DIR"] = sshd.Value.Folder;
            ferry.Run("device", "add", device, sshd.Value.Host).ShouldExitWith(0);
        }

        if (!target.IsBoard)
        {
            return ferry;
        }

        ferry.Run("device", "add", device, device).ShouldExitWith(0);
        // The program is its own DNS server; everybody may listen on its port.
        Board.Up(device).Shell(
            "echo nameserver 127.0.0.1 >/etc/resolv.conf; echo 53 >/proc/sys/net/ipv4/ip_unprivileged_port_start; sed -i 's/^hosts:.*/hosts: files dns/' /etc/nsswitch.conf", "root").ShouldExitWith(0);
        return ferry;
    }

    private static string FramesInC(MatrixTarget target)
    {
        var file = Path.Combine(Home, "c", target.Triple + ".o");
        var source = Path.Combine(Source, "src", "frames.c");
        if (!File.Exists(file) || File.GetLastWriteTimeUtc(file) < File.GetLastWriteTimeUtc(source))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            global::Ferry.Lab.Run.Process("clang", [.. target.Clang.Split(' '), "-c", "-O2", "-fPIC", "-fexceptions", "-o", file, source]).ShouldExitWith(0);
        }

        return file;
    }
}
