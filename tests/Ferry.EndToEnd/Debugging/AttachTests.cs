using System.Diagnostics;
using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>A debugger for what runs already, and what the device's kernel has against it.</summary>
[Collection("boards")]
public sealed class AttachTests : IClassFixture<Pi3With32Bits>, IDisposable
{
    private const string Scope = "/proc/sys/kernel/yama/ptrace_scope";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly BoardSession board;
    private readonly CargoProject project;
    private readonly Process program;
    private readonly string pid;

    public AttachTests(Pi3With32Bits board)
    {
        this.board = board;
        project = DebuggedProgram.In(board.Ferry.Home);
        program = board.Ferry.BeginIn(project.Folder, "run", "--quiet");
        Waiting.Until(() => Pids().Length > 0, Patience);
        pid = Pids().Split('\n')[0];
    }

    [Fact]
    public void By_its_number_and_with_lldb()
    {
        var session = Attach(DebuggedProgram.Lldb, pid, "bt\nquit\n").ShouldExitWith(0);
        session.Output.ShouldMatch(@"(?s)libc\.so\.6`.*two_words::main.*at main\.rs:\d+");

        program.StandardInput.Write("1234567");
        program.StandardInput.Close();
        program.WaitForExit(Patience).ShouldBeTrue();
        program.ExitCode.ShouldBe(10);
    }

    [Fact]
    public void What_yama_forbids_is_named_with_its_setting()
    {
        AsRoot($"echo 1 > {Scope}");
        Attach("gdb-multiarch", DebuggedProgram.Name, "quit\n").ShouldExitWith(125).Errors.ShouldContain($"Operation not permitted (1); {Scope} is 1");

        // From here on gdbserver itself would wait for ever.
        AsRoot($"echo 2 > {Scope}");
        var refused = Attach("gdb-multiarch", DebuggedProgram.Name, "quit\n").ShouldExitWith(125);
        refused.Errors.ShouldContain($"error: the device cannot debug it\ncause: the kernel lets only root debug there; {Scope} is 2");
        board.Ferry.RunIn(project.Folder, "debug", "--debugger", "gdb-multiarch").ShouldExitWith(125).Errors.ShouldContain($"{Scope} is 2");
        AsRoot($"echo 0 > {Scope}");
    }

    [Fact]
    public void A_gdbserver_that_cannot_run_there_is_refused()
    {
        var file = Path.Combine(Repository.Cache, "debuggers", "usr", "bin", "gdbserver");

        var refused = board.Ferry.RunIn(project.Folder, "debug", "--debugger", "gdb-multiarch", "--gdbserver", file).ShouldExitWith(125);

        refused.Errors.ShouldContain($"error: 'gdbserver' is a 64-bit little-endian x86-64 program, but device '{board.Board.Name}' runs 32-bit little-endian arm ones");
        refused.Errors.ShouldContain("help:  take the gdbserver of the device's own system");
    }

    public void Dispose()
    {
        AsRoot($"echo 0 > {Scope}");
        program.Kill(entireProcessTree: true);
        program.Dispose();
        Waiting.Until(() => Pids().Length == 0, Patience, Pids);
    }

    private RunResult Attach(string debugger, string process, string commands)
    {
        var script = Path.Combine(board.Ferry.Home, Path.GetRandomFileName());
        File.WriteAllText(script, commands);
        return board.Ferry.RunIn(project.Folder, "debug", "--debugger", debugger, "--command", script, "--attach", process);
    }

    private string Pids() => board.OnBoard($"for process in /proc/[0-9]*; do case $(readlink $process/exe) in */{DebuggedProgram.Name}) echo ${{process#/proc/}} ;; esac; done").ShouldExitWith(0).Output.Trim();

    private void AsRoot(string command) => Run.Process(board.Board.Ssh, [board.Board.Name + "-root", command]).ShouldExitWith(0);
}
