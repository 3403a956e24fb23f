using Ferry.Processes;
using Ferry.Terminal;

namespace Ferry.Commands.Many;

/// <summary>
/// <c>ferry test --share</c>: the tests once, shared out among devices of one target. Each takes the next part when it is free; what one that goes away had begun,
/// another one does.
/// </summary>
internal sealed class ShareVerb
{
    private readonly Interruption interruption;
    private readonly FleetBuild build;
    private readonly BuildMessages built;

    private ShareVerb(FleetBuild build, BuildMessages built, Interruption interruption) => (this.build, this.built, this.interruption) = (build, built, interruption);

    public static int Run(CargoLine line)
    {
        var devices = FleetVerb.Plan(line);
        if (line.DryRun)
        {
            return FleetVerb.Print(devices);
        }

        var builds = FleetBuild.Rounds(devices.Where(device => device.Plan is not null)).SelectMany(round => round).ToList();
        if (builds is [var one, var other, ..])
        {
            throw new FerryException(
                $"devices '{one.Devices[0].Name}' and '{other.Devices[0].Name}' cannot share tests: they need programs of their own",
                $"one is of {one.Plan.Target.Value}, the other of {other.Plan.Target.Value}",
                "leave --share out: each then runs all of them", ExitCode.WrongUsage);
        }

        if (!FleetVerb.Connect(devices))
        {
            return ExitCode.Interrupted;
        }

        using var end = new Interruption();
        var (code, messages) = builds is [var only] ? only.MakeForMessages(end) : (ExitCode.FerryInsteadOfProgram, "");
        return end.HasCome ? end.ExitCode
            : code != 0 ? code
            : new ShareVerb(builds[0], BuildMessages.Read(messages), end).Share(devices, TestProgram.Read(messages), new TestWords(line, Status.Quiet));
    }

    private int Share(List<FleetDevice> all, IReadOnlyList<TestProgram> programs, TestWords words)
    {
        var devices = all.Where(device => device.Result is null).ToList();
        var times = new TestTimes(Environment.CurrentDirectory, build.Plan.Target.Value);
        var split = new ShareSplit(words, times, devices.Count, (program, own) => RunPart(devices[0], program, own));
        using var queue = new ShareQueue(devices.Count == 0 ? [] : split.Parts(programs));
        using var closing = interruption.Token.Register(queue.Close);
        var width = all.Max(device => device.Name.Length);
        var workers = devices.Select(device => new ShareWorker(device, queue, new DeviceLines(device.Name, width, all.IndexOf(device)), part => RunPart(device, part.Program, part.Words), interruption)).ToList();
        Task.WhenAll(workers.Select(worker => Task.Factory.StartNew(worker.Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).GetAwaiter().GetResult();
        if (!interruption.HasCome && queue.Left.Count == 0)
        {
            times.Keep(workers.SelectMany(worker => worker.Done).GroupBy(done => done.Program.Key).ToDictionary(program => program.Key, program => TimeSpan.FromSeconds(program.Sum(done => done.Time.TotalSeconds))));
        }

        return Report(all, workers, queue);
    }

    private PartRun RunPart(FleetDevice device, TestProgram program, IReadOnlyList<byte[]> words) =>
        PartRun.Of(program, words, build.Plan, device.Plan!.Options.ToText(), built, interruption);

    private int Report(List<FleetDevice> all, List<ShareWorker> workers, ShareQueue queue)
    {
        var together = workers.Aggregate(default(TestCounts), (sum, worker) => sum + (worker.Counts ?? default));
        FleetTable.Print(all, together);
        foreach (var part in interruption.HasCome ? [] : queue.Left)
        {
            Status.Error($"no device is left for {part.Label}");
        }

        return interruption.HasCome ? interruption.ExitCode
            : queue.Left.Count > 0 || workers.Count == 0 ? ExitCode.FerryInsteadOfProgram
            : workers.Max(worker => worker.Worst);
    }
}
