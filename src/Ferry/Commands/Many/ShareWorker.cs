using Ferry.Processes;
using Ferry.Terminal;

namespace Ferry.Commands.Many;

/// <summary>One device of those that share: it does one part after the other until there is none, or until it goes away.</summary>
internal sealed class ShareWorker(FleetDevice device, ShareQueue queue, DeviceLines lines, Func<SharePart, PartRun> run, Interruption interruption)
{
    private const int TestsFailed = 101; // as cargo
    private static readonly Lock Showing = new();

    private TimeSpan busy;

    public TestCounts? Counts { get; private set; }

    /// <summary>The largest exit code.</summary>
    public int Worst { get; private set; }

    public List<(TestProgram Program, TimeSpan Time)> Done { get; } = [];

    public void Work()
    {
        try
        {
            while (queue.Take() is { } part && TryDo(part))
            {
            }
        }
        catch
        {
            queue.Close();
            throw;
        }

        device.Result = (device.Result ?? new(Word(), Worst)) with { Counts = Counts, Time = busy };
    }

    /// <summary>False when the device can do no more.</summary>
    private bool TryDo(SharePart part)
    {
        var done = run(part);
        busy += done.Time;
        if (done.Outcome == ExitCode.DeviceUnreachable && !interruption.HasCome)
        {
            device.Result = DeviceResult.Unreachable;
            Show(() =>
            {
                done.ShowErrors(lines);
                Status.Warn($"device '{device.Name}' went away; the others take over {part.Label}");
            });
            queue.GiveBack(part);
            return false;
        }

        Show(() =>
        {
            Status.Say("Ran", $"{part.Label} on {device.Name}, {Durations.Text(done.Time)}");
            done.Show(lines);
        });
        Keep(part, done);
        queue.Done();
        return true;
    }

    private void Keep(SharePart part, PartRun done)
    {
        Done.Add((part.Program, done.Time));
        Counts = done.Counts is { } more ? (Counts ?? default) + more : Counts;
        Worst = Math.Max(Worst, done.Outcome is not null ? ExitCode.FerryInsteadOfProgram : done.Code != 0 ? TestsFailed : 0);
    }

    private static void Show(Action show)
    {
        lock (Showing)
        {
            show();
        }
    }

    private string Word() =>
        interruption.HasCome ? "interrupted"
        : Counts is { Failed: > 0 } some ? $"{some.Failed} failed"
        : Worst == 0 ? "ok"
        : "failed";
}
