using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary><c>ferry debug --serve</c> by itself: its port, its sessions, its ends.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ServeTests(EditorBench bench) : IClassFixture<EditorBench>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public void A_port_that_is_taken_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        using var task = Serve($"{port}");

        task.WaitForEnd().ShouldBe(125);
        task.Text.ShouldContain($"error: cannot serve on port {port} of this PC\ncause: Address already in use\nhelp:  take another one: ");
    }

    [Theory]
    [InlineData("--serve 70000", "there is no port 70000")]
    [InlineData("--keep", "--keep belongs to --serve")]
    [InlineData("--serve --break src/main.rs:3", "--break and --serve do not go together")]
    [InlineData("--serve --core /dev/null", "--core and --serve do not go together")]
    public void What_does_not_go_together_is_said_before_anything_is_built(string words, string error)
    {
        using var task = EditorTask.Start(["debug", .. words.Split(' ')], bench.Project.Folder, bench.Variables);
        task.WaitForEnd().ShouldBe(125);
        task.Text.ShouldStartWith("error: " + error);
    }

    [Fact]
    public void One_debugger_at_a_time_has_it_on_the_loopback_and_the_program_reads_this_terminal()
    {
        using var task = Serve();
        var port = PortOf(task);
        Listeners(port).ShouldBe(["0100007F"]);
        using (var curious = new TcpClient("127.0.0.1", port))
        {
            // Looks whether somebody listens, and goes.
        }

        using var first = new MiClient(Gdb);
        first.Ask($"-file-exec-and-symbols {bench.Project.PathOf("target/ferry")}/debug-{port}");
        first.Ask("-break-insert two_words::count");
        first.Ask($"-target-select remote 127.0.0.1:{port}");
        first.Ask("-exec-continue");
        first.WaitFor("*stopped,reason=\"breakpoint-hit\"", 1);

        Run.Process(Gdb, ["-batch", "-ex", $"target remote 127.0.0.1:{port}"]).Errors.ShouldContain("E.Ferry: another debugger is there already, and a program has one at a time");
        task.WaitFor("warning: a debugger was sent away: another debugger is there already");

        first.Ask("-exec-continue");
        task.Input.Write("12345");
        task.Input.Close();
        task.WaitForEnd().ShouldBe(3 + 5, task.Text);
        task.Text.ShouldContain("helper true read \"12345\"\n");
        EditorBench.IsFree(port).ShouldBeTrue();
    }

    [Fact]
    public void A_debugger_that_quits_ends_the_program_and_the_session()
    {
        using var task = Serve();
        Debug(PortOf(task), "break two_words::count", "continue", "kill");

        task.WaitForEnd().ShouldBe(0, task.Text);
        task.Text.ShouldContain("Ended 'two-words' with its debugger\n");
        task.Text.ShouldNotContain("area 12");
    }

    [Fact]
    public void CtrlC_ends_it_while_it_waits()
    {
        using var task = Serve();
        var port = PortOf(task);
        Run.Process("kill", ["-INT", $"{task.Id}"]).ShouldExitWith(0);

        task.WaitForEnd().ShouldBe(130, task.Text);
        EditorBench.IsFree(port).ShouldBeTrue();
    }

    [Fact]
    public void With_keep_the_next_session_follows_and_a_change_of_the_sources_is_built_before_a_debugger_comes()
    {
        var project = CargoProject.WithProgram(bench.Project.Folder, "kept");
        using var task = EditorTask.Start(["debug", "--serve", "--keep"], project.Folder, bench.Variables);
        task.WaitFor("Serving 'kept'");
        var port = PortOf(task);
        Debug(port, "continue");
        task.WaitFor("Serving 'kept'", times: 2);
        task.Text.ShouldContain("kept runs\n");

        project.With("src/main.rs", "fn main() { println!(\"changed\" }");
        task.WaitFor("Changed src/main.rs");
        task.WaitFor("Waiting for a change");
        project.With("src/main.rs", "fn main() { println!(\"changed\"); std::process::exit(9) }");
        task.WaitFor("Serving 'kept'", times: 3);
        Debug(port, "continue");
        task.WaitFor("Ended 'kept' with exit code 9");
        task.Text.ShouldContain("changed\n");
        task.WaitFor("Serving 'kept'", times: 4);

        Run.Process("kill", ["-INT", $"{task.Id}"]).ShouldExitWith(0);
        task.WaitForEnd().ShouldBe(130, task.Text);
        Waiting.Until(() => EditorBench.IsFree(port), Patience);
    }

    private string Gdb => bench.Project.PathOf("target/ferry/gdb");

    private EditorTask Serve(params string[] words)
    {
        var task = EditorTask.Start(["debug", "--serve", .. words], bench.Project.Folder, bench.Variables);
        task.WaitFor("Serving");
        return task;
    }

    private void Debug(int port, params string[] commands) =>
        Run.Process("gdb-multiarch", ["-nx", "-batch", "-ex", "set sysroot /nowhere", .. ((string[])[$"file {Program(port)}", $"target remote 127.0.0.1:{port}", .. commands]).SelectMany(command => new[] { "-ex", command })]);

    private string Program(int port) => Directory.EnumerateFiles(bench.Project.Folder, $"debug-{port}", SearchOption.AllDirectories).Single();

    private static int PortOf(EditorTask task) => int.Parse(Regex.Match(task.Text, @"Serving '.+' on localhost:(\d+)").Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    /// <summary>At which addresses, as hexadecimal digits: proc(5), net/tcp.</summary>
    private static IEnumerable<string> Listeners(int port) => ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).SelectMany(File.ReadAllLines)
        .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words is [_, _, _, "0A", ..]).Select(words => words[1].Split(':'))
        .Where(place => place[1] == port.ToString("X4", CultureInfo.InvariantCulture)).Select(place => place[0]);
}
