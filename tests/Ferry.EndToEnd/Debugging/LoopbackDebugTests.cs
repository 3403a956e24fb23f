using System.Diagnostics;
using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>Sessions on a device that is this PC: what becomes of a gdbserver that is slow, broken, or somebody else's.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LoopbackDebugTests(LoopbackDebugTests.Devices devices) : IClassFixture<LoopbackDebugTests.Devices>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Commands = "set pagination off\nset confirm off\nnext\nnext\nset var code = 9\ncontinue\nquit\n";

    [Fact]
    public void A_gdbserver_that_takes_its_time_is_waited_for() =>
        devices.Debug("slow", Commands).ShouldExitWith(9).Output.ShouldMatch(@"(?s)small::main \(\) at src/main\.rs:\d+.*small ends with 9");

    [Fact]
    public void A_gdbserver_of_somebody_else_is_left_alone()
    {
        using var other = Process.Start(new ProcessStartInfo(Devices.Gdbserver, ["--once", "-", "/bin/cat"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            while (!other.StandardError.ReadLine().ShouldNotBeNull().Contains("created", StringComparison.Ordinal))
            {
            }

            devices.Debug("quick", Commands).ShouldExitWith(9);
            other.HasExited.ShouldBeFalse();
        }
        finally
        {
            other.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task Two_sessions_at_once_do_not_disturb_each_other()
    {
        var both = await Task.WhenAll(Enumerable.Range(20, 2).Select(code => Task.Run(() => devices.Debug("quick", Commands.Replace("9", $"{code}", StringComparison.Ordinal)))));
        both.Select(session => session.ExitCode).ShouldBe([20, 21], string.Join('\n', both.Select(session => session.ToString())));
    }

    [Fact]
    public void One_that_fails_is_told_and_the_debugger_has_gone_without_a_word()
    {
        var session = devices.Debug("broken", "echo never\\n\n").ShouldExitWith(125);

        session.Errors.ShouldMatch("(?m)^error: .*\ncause: .*not today");
        session.Errors.ShouldNotContain("Remote");
        session.Output.ShouldNotContain("never");
    }

    [Fact]
    public void Ctrl_C_before_there_is_a_program_ends_the_debugger_and_what_begins_there()
    {
        using var session = devices.Start("never");
        _ = session.StandardError.ReadToEndAsync();
        session.StandardOutput.ReadLine().ShouldNotBeNull().ShouldContain("Reading symbols");
        Waiting.Until(() => Running(devices.Tools("never")).Length > 0, Patience);
        Run.Process("kill", ["-INT", $"{session.Id}"]).ShouldExitWith(0);

        session.WaitForExit(Patience).ShouldBeTrue();
        session.ExitCode.ShouldBe(130);
        Waiting.Until(() => Running(devices.Tools("never")).Length == 0, Patience, () => Running(devices.Tools("never")));
        Running(devices.Folder + "/small/").ShouldBe("");
    }

    private static string Running(string what) => Run.Process("bash", ["-c", $"ps ax -o args | grep -F '{what}' | grep -v 'grep -F'; true"]).ShouldExitWith(0).Output;

    /// <summary>The same device with gdbservers of several kinds.</summary>
    public sealed class Devices : IDisposable
    {
        private readonly LoopbackDevice device = new();
        private readonly CargoProject project;

        public Devices()
        {
            project = new CargoProject(device.Ferry.Home, "small").With("src/main.rs", """
                fn main() {
                    let mut code = 3;
                    code += 1;
                    println!("small ends with {code}");
                    std::process::exit(code);
                }
                """);
            (string Name, string Gdbserver)[] devices =
            [
                ("quick", $"exec '{Gdbserver}' \"$@\""),
                ("slow", $"sleep 4; exec '{Gdbserver}' \"$@\""), // longer than gdb itself waits for an answer
                ("never", "sleep 1d; exit 1"),
                ("broken", "echo 'not today' >&2; exit 1"),
            ];
            foreach (var (name, script) in devices)
            {
                var gdbserver = Path.Combine(Directory.CreateDirectory(Tools(name)).FullName, "gdbserver");
                File.WriteAllText(gdbserver, $"#!/bin/sh\n[ \"$1\" != --version ] || exec '{Gdbserver}' --version\n{script}\n"); // its version is asked when the device is added
                File.SetUnixFileMode(gdbserver, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                device.Sshd.AddHost(name, $"PATH={Path.GetDirectoryName(gdbserver)}:$PATH; export PATH; {device.Command}");
                device.Ferry.Run("device", "add", name, name).ShouldExitWith(0);
            }
        }

        public static string Gdbserver { get; } = Path.Combine(Repository.Cache, "debuggers", "usr", "bin", "gdbserver");

        public string Folder => device.Ferry.Home;

        public string Tools(string name) => device.Sshd.PathOf(name + "-tools");

        public Process Start(string name) => device.Ferry.BeginIn(project.Folder, "debug", "--on", name, "--debugger", "gdb-multiarch");

        public RunResult Debug(string name, string commands)
        {
            var script = Path.Combine(device.Ferry.Home, Path.GetRandomFileName());
            File.WriteAllText(script, commands);
            return device.Ferry.RunIn(project.Folder, "debug", "--on", name, "--debugger", "gdb-multiarch", "--command", script);
        }

        public void Dispose() => device.Dispose();
    }
}
