using Ferry.Lab;

namespace Ferry.EndToEnd.Boards;

/// <summary>One emulated board that is up, and a Ferry that has it as its only device. Shared by all tests of the board.</summary>
public abstract class BoardSession : IDisposable
{
    protected BoardSession(string board, string triple, string reason)
    {
        Triple = triple;
        Reason = reason;
        Board = Board.Up(board);
        Ferry = new FerryTool { Ssh = Board.Ssh };
        Added = Ferry.Run("device", "add", board, Board.Name).ShouldExitWith(0);
        Samples = Copy(Repository.PathOf("samples"), Path.Combine(Ferry.Home, "samples"));
        Counterpart = Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "counterpart"), Path.Combine(Ferry.Home, "counterpart"));
    }

    public Board Board { get; }

    public FerryTool Ferry { get; }

    public string Triple { get; }

    /// <summary>Why it is this target.</summary>
    public string Reason { get; }

    public RunResult Added { get; }

    /// <summary>A copy of samples/, so that nothing is built inside the repository.</summary>
    public string Samples { get; }

    public string Hello => Path.Combine(Samples, "hello");

    /// <summary>A copy of the program that has a verb for each thing a run must carry.</summary>
    public string Counterpart { get; }

    public RunResult RunCounterpart(params string[] arguments) => Ferry.RunIn(Counterpart, ["run", "--quiet", .. arguments]);

    /// <summary>Starts the counterpart, sends Ferry a signal when it is ready, and gives "code N", Ferry's exit code, and what the counterpart printed.</summary>
    public string RunUntilSignal(string signal)
    {
        // The last one's words must not be taken for this one's.
        var line = $"""
            : > out.txt
            '{FerryTool.Path}' run --quiet -- wait > out.txt & pid=$!
            until grep -q ready out.txt; do sleep 0.1; done
            kill -{signal} $pid; wait $pid; echo "code $?"; cat out.txt
            """;
        return Run.Process("bash", ["-c", line], Counterpart, Ferry.Variables()).ShouldExitWith(0).Output;
    }

    /// <summary>A program of the PC itself: the wrong machine for every board.</summary>
    public void RefusesAProgramOfThisPc()
    {
        var runner = Run.Process("bash", ["-c", $"exec -a ferry-runner '{FerryTool.Path}' /bin/ls"], Counterpart, Ferry.Variables()).ShouldExitWith(125);
        runner.Errors.ShouldStartWith("error: 'ls' is a 64-bit little-endian x86-64 program, but device ");
        runner.Errors.ShouldContain(Board.Name);
        runner.Errors.ShouldNotContain("Sending");
    }

    /// <summary>A command on the board, past Ferry.</summary>
    public RunResult OnBoard(string command) => Run.Process(Board.Ssh, [Board.Name, command]);

    public void Dispose()
    {
        Ferry.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static string Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/target/", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }
}
