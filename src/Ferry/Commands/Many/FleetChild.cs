using System.Diagnostics;
using System.Text;
using Ferry.Processes;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands.Many;

/// <summary>A Ferry that does the verb on one device, with its lines shown as they come.</summary>
internal sealed class FleetChild
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Interruption interruption;
    private readonly SessionProcess process;
    private readonly string outcome = Path.Combine(Path.GetTempPath(), $"ferry-outcome-{Environment.ProcessId}-{Path.GetRandomFileName()}");
    private readonly DeviceLines lines;
    private readonly Task[] readers;
    private TestCounts? counts;

    public FleetChild(FleetDevice device, DeviceLines lines, Interruption interruption)
    {
        (this.lines, this.interruption) = (lines, interruption);
        process = interruption.Start(new ChildLine(Environment.ProcessPath!, Words(device.Plan!.Line, device.Name))
        {
            Output = ChildStream.Pipe,
            Errors = ChildStream.Pipe,
            Variables = new Dictionary<string, string?> { [RunOutcome.Variable] = outcome },
        });
        var words = new CargosWords(line => lines.Errors(line.Span), Status.Quiet);
        readers =
        [
            OnOwnThread(() => LineReader.Read(process.Output, TakeOutput)),
            OnOwnThread(() =>
            {
                LineReader.Read(process.Errors, words.Take);
                words.End();
            }),
        ];
    }

    /// <summary>Waits until nothing of it is left: cargo may go before its runner does.</summary>
    public DeviceResult Wait()
    {
        try
        {
            Task.WhenAll(readers).GetAwaiter().GetResult();
            var end = process.Wait();
            return Result(end) with { Counts = counts, Time = clock.Elapsed };
        }
        finally
        {
            interruption.Forget(process);
            process.Dispose();
            File.Delete(outcome);
        }
    }

    public void End() => process.EndGroup(LinuxSignal.Terminate, TimeSpan.FromSeconds(2));

    private static List<byte[]> Words(CargoLine line, string device)
    {
        List<byte[]> words = [.. line.Words.Concat(["--on", device]).Select(Encoding.UTF8.GetBytes)];
        return line.ProgramArguments.Count > 0 ? [.. words, [.. "--"u8], .. line.ProgramArguments] : words;
    }

    private void TakeOutput(ReadOnlyMemory<byte> line)
    {
        if (line.Span.StartsWith("test result: "u8) && TestCounts.Of(Encoding.UTF8.GetString(line.Span)) is { } more)
        {
            counts = (counts ?? default) + more;
        }

        lines.Output(line.Span);
    }

    private DeviceResult Result(ProcessEnd end) => RunOutcome.Read(outcome) switch
    {
        _ when interruption.HasCome && end.Code != 0 => new("interrupted", interruption.ExitCode),
        ExitCode.DeviceUnreachable => DeviceResult.Unreachable,
        ExitCode.CannotRunThere => new("cannot run there", ExitCode.FerryInsteadOfProgram),
        not null => new("ferry failed", ExitCode.FerryInsteadOfProgram),
        _ when end.Code == 0 => new("ok", 0),
        _ when counts is { Failed: > 0 } some => new($"{some.Failed} failed", end.Code),
        _ when end.Signal != 0 => new(LinuxSignal.Name(end.Signal), end.Code),
        _ => new($"exit {end.Code}", end.Code),
    };

    private Task OnOwnThread(Action read) => Task.Factory.StartNew(() => ReadOrEnd(read), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>When nobody reads what we write any more, nobody reads what the child says either, and it would wait for that.</summary>
    private void ReadOrEnd(Action read)
    {
        try
        {
            read();
        }
        catch (IOException)
        {
            process.SignalGroup(LinuxSignal.Kill);
            throw;
        }
    }
}
