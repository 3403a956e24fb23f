using System.Diagnostics;
using Ferry.Commands.Many;
using Ferry.Processes;
using Ferry.Terminal;

namespace Ferry.Commands.Watching;

/// <summary>The program (or the tests) that runs between two changes: told when it ends, ended when it is to be replaced.</summary>
internal sealed class WatchedProgram
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly Interruption interruption;
    private readonly SessionProcess process;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Task told;
    private volatile bool replaced;

    private WatchedProgram(Interruption interruption, ChildLine line)
    {
        this.interruption = interruption;
        process = interruption.Start(line);
        // cargo's word on what it built was heard when it built.
        var words = new CargosWords(WriteError, Status.Quiet || line.Errors != ChildStream.Pipe);
        var errors = Task.Factory.StartNew(() => Read(words), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        told = Task.WhenAll(errors, process.End).ContinueWith(_ => Tell(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    public bool Runs => !process.End.IsCompleted;

    /// <summary>On one device: cargo, which starts the runner.</summary>
    public static WatchedProgram Start(CargoPlan plan, IReadOnlyDictionary<string, string?> variables, Interruption interruption)
    {
        var own = new Dictionary<string, string?>(variables);
        if (plan.Line.Verb == "run" && !Status.Verbose)
        {
            own["CARGO_TERM_QUIET"] = "true";
        }
        else if (Ink.Colours)
        {
            own["CARGO_TERM_COLOR"] = "always";
        }

        return new(interruption, new ChildLine(plan.Rust.Cargo, plan.CargoWords()) { Errors = plan.Line.Verb == "run" ? ChildStream.Inherit : ChildStream.Pipe, Variables = own });
    }

    /// <summary>On several: a Ferry of its own.</summary>
    public static WatchedProgram Start(IReadOnlyList<byte[]> words, Interruption interruption) =>
        new(interruption, new ChildLine(Environment.ProcessPath!, words));

    /// <summary>SIGTERM, which the runner hands on to the program, and after a while the end.</summary>
    public void End()
    {
        replaced = true;
        process.EndGroup(LinuxSignal.Terminate, Grace);
        Close();
    }

    /// <summary>After a signal that the program got, too: it has its time, and a second signal cuts that short.</summary>
    public void WaitForEnd()
    {
        replaced = true;
        process.GroupEndsWithin(Grace + Grace);
        Close();
    }

    private void Close()
    {
        interruption.Forget(process);
        told.Wait(Grace);
        process.Dispose();
    }

    private void Read(CargosWords words)
    {
        LineReader.Read(process.Errors, words.Take);
        words.End();
    }

    private void Tell()
    {
        var end = process.Wait();
        if (!replaced && !interruption.HasCome)
        {
            var how = end.Signal != 0 ? $"by {LinuxSignal.Name(end.Signal)}" : $"with exit code {end.Code}";
            Status.Say("Ended", $"{how}, after {Durations.Text(clock.Elapsed)}; waiting for a change");
        }
    }

    private static void WriteError(ReadOnlyMemory<byte> line) => StandardStream.Errors().Write(line.Span);
}
