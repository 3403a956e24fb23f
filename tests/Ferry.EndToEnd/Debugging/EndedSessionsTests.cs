using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;
using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>However a session ends, nothing of it stays on the board, and at no time does anything listen there. FERRY_TEST_SESSIONS: how many, when each way once is not enough.</summary>
[Collection("boards")]
[UnsupportedOSPlatform("windows")]
public sealed class EndedSessionsTests : IClassFixture<Pi4>, IDisposable
{
    private const string SshdsPort = "0016";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string Sessions = Environment.GetEnvironmentVariable("FERRY_TEST_SESSIONS") ?? "8";

    private readonly CuttingRelay relay;
    private readonly FerryTool ferry;
    private readonly CargoProject project;
    private readonly Pi4 board;

    public EndedSessionsTests(Pi4 board)
    {
        this.board = board;
        relay = new CuttingRelay(board.Board.Port);
        var ssh = Path.Combine(board.Ferry.Home, "cut-ssh");
        File.WriteAllText(ssh, $"#!/bin/sh\nexec '{board.Board.Ssh}' -o Port={relay.Port} \"$@\"\n");
        File.SetUnixFileMode(ssh, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ferry = new FerryTool { Ssh = ssh };
        ferry.Run("device", "add", "cut", board.Board.Name).ShouldExitWith(0);
        project = DebuggedProgram.In(ferry.Home);
    }

    public void Dispose()
    {
        relay.Dispose();
        ferry.Dispose();
    }

    [Fact]
    public async Task However_a_session_ends_nothing_is_left_and_no_port_was_ever_open()
    {
        Action<Process>[] ways =
        [
            session => session.StandardInput.Write("quit\n"),
            session => session.StandardInput.Close(),
            session => Signal(ChildOf(session, "gdb"), "KILL"),
            session => Signal(session.Id, "KILL"),
            session => Signal(session.Id, "TERM"),
            session => Signal(ChildOf(session, "ssh"), "KILL"),
            _ => relay.Cut(),
            session => // while it runs
            {
                session.StandardInput.Write("continue\n");
                session.StandardInput.Flush();
                Through(session.StandardOutput, "area 12");
                Signal(ChildOf(session, "gdb"), "KILL");
            },
        ];
        using var watch = Process.Start(new ProcessStartInfo(board.Board.Ssh, [board.Board.Name, "while sleep 0.1; do cat /proc/net/tcp /proc/net/tcp6; done"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var seen = Task.Run(() => OpenPorts(watch.StandardOutput));

        for (var count = 0; count < int.Parse(Sessions, CultureInfo.InvariantCulture); count++)
        {
            End(ways[count % ways.Length], $"way {count % ways.Length} of session {count}");
        }

        watch.HasExited.ShouldBeFalse();
        watch.Kill();
        (await seen.WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldBe([SshdsPort]);
    }

    private void End(Action<Process> way, string name)
    {
        using var session = ferry.BeginIn(project.Folder, "debug", "--debugger", "gdb-multiarch");
        try
        {
            var errors = session.StandardError.ReadToEndAsync();
            session.StandardInput.Write("set confirm off\n");
            session.StandardInput.Flush();
            Through(session.StandardOutput, "two_words::main () at");
            Left().ShouldNotBeEmpty(name);
            way(session);
            session.StandardInput.Close();

            session.WaitForExit(Patience).ShouldBeTrue(name);
            Waiting.Until(() => Left().Length == 0, Patience, () => $"{name}: {Left()}{errors.Result}");
        }
        finally
        {
            session.Kill(entireProcessTree: true);
        }
    }

    private static void Through(StreamReader output, string word)
    {
        for (string? line; (line = output.ReadLine()) is not null && !line.Contains(word, StringComparison.Ordinal);)
        {
        }
    }

    private static int ChildOf(Process session, string name) =>
        int.Parse(Run.Process("ps", ["--ppid", $"{session.Id}", "-o", "pid=,comm="]).ShouldExitWith(0).Output.Split('\n').First(child => child.Contains(name, StringComparison.Ordinal)).Trim().Split(' ')[0], CultureInfo.InvariantCulture);

    private static void Signal(int process, string signal) => Run.Process("kill", ["-" + signal, $"{process}"]).ShouldExitWith(0);

    private string Left() => DebuggedProgram.LeftOn(board);

    /// <summary>The local ports that something listens on, in hexadecimal digits: proc(5), net/tcp.</summary>
    private static SortedSet<string> OpenPorts(StreamReader rows)
    {
        var ports = new SortedSet<string>(StringComparer.Ordinal);
        while (rows.ReadLine() is { } row)
        {
            if (row.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var local, _, "0A", ..])
            {
                ports.Add(local.Split(':')[^1]);
            }
        }

        return ports;
    }
}
