using Ferry.Devices;
using Ferry.Doors.Deaths;
using Ferry.Processes;
using Ferry.Remote;
using Ferry.Remote.Agent;
using Ferry.Remote.Emulator;
using Ferry.Remote.Packing;
using Ferry.Remote.Sysroots;
using Ferry.Remote.Trees;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Doors;

/// <summary>
/// Ferry as the runner that cargo calls: <c>ferry-runner PROGRAM ARGUMENTS…</c>. Packs the program, checks that the device can run it,
/// runs it there, and ends as it did. On the path of every run and every test: neither commands nor Spectre are loaded here.
/// </summary>
internal static class RunnerDoor
{
    public static int Run(byte[][] words)
    {
        if (words is [])
        {
            throw new FerryException("the runner was given no program", help: "cargo calls it: ferry run");
        }

        var options = RunOptions.FromEnvironment() ?? new RunOptions { Device = NamedDevice.Find(null, new ProjectSettings()).Value };
        Status.Verbose = options.Verbose;
        Status.Quiet = options.Quiet;
        return EmulatorDevice.IsName(options.Device) ? OnEmulator(words, options) : OnDevice(words, options);
    }

    private static int OnDevice(byte[][] words, RunOptions options)
    {
        var device = DeviceBook.Summary(options.Device) ?? throw Unknown(options.Device);
        var packed = Pack(RawArguments.Text(words[0]), device, options, () => AllThatIsKnown(device));
        var end = RunInTree(packed, device, words, options);
        if (end.TimedOut)
        {
            Death.Now(TimedOut(packed, options, $", on device '{device.Name}'"));
        }

        if (!end.IsSuccess && PostMortem.Of(end, packed, device, () => AllThatIsKnown(device), Targets.IsStatic(options.Target ?? device.Triple ?? "")) is { } report)
        {
            report.Print(options.Verbose);
            DeathBook.Keep(DeathBook.ProjectOf(Environment.CurrentDirectory), device.Name, report);
        }

        if (!end.BySignal)
        {
            Death.Now(end.Code);
        }

        Death.BySignal(end.Signal);
        return end.ExitCode;
    }

    /// <summary>What changes while it is sent stays here: begun anew, the run goes without it.</summary>
    private static ProgramEnd RunInTree(PackedProgram packed, DeviceSummary device, byte[][] words, RunOptions options)
    {
        var isBenchmark = Benchmark.IsOne(words);
        for (var without = new HashSet<string>(); ;)
        {
            var tree = ProgramTree.Of(packed, device.Name, options, program => Pack(program, device, options, () => AllThatIsKnown(device)), without);
            var surroundings = ProgramSurroundings.Request(packed, words[1..], options, tree);
            try
            {
                return Run(device, surroundings with { TimeLimit = options.Timeout, IsMeasured = isBenchmark, IsTraced = !isBenchmark && !options.Untraced, IsAlone = isBenchmark && !options.Beside });
            }
            catch (ChangingFileException e) when (without.Add(e.Path))
            {
                Status.Warn($"'{e.Path}' changes while it is sent, and stays here");
            }
        }
    }

    private static ProgramEnd Run(DeviceSummary device, RunRequest request)
    {
        using var report = new RunReport(device.Name, request.Name);
        return DeviceRun.Run(device, request, LocalStreams.OfThisProcess(), report.Sent, RunReport.Say, new MeasuringReport(device.Name, request.Name).News);
    }

    private static int OnEmulator(byte[][] words, RunOptions options)
    {
        var emulator = EmulatorDevice.Open(options.Device);
        var packed = Pack(RawArguments.Text(words[0]), DeviceSummary.Of(emulator.Record), options, () => (emulator.Record, emulator.Sysroot));
        if (!OperatingSystem.IsWindows())
        {
            ProgramSurroundings.BecomeLikeADevice(packed, options);
        }

        var line = EmulatorCommand.For(emulator, packed.Program.Source, packed.Program.Name, []);
        byte[][] arguments = [.. line.Skip(1).Select(RawArguments.Bytes), .. words[1..]];
        if (options.Timeout is { } limit && OperatingSystem.IsLinux())
        {
            return TimedEmulation.Run(line[0], arguments, limit) is { } end ? Died(end) : TimedOut(packed, options, ", in the emulator");
        }

        Exec.Replace(line[0], arguments);
        return ExitCode.FerryInsteadOfProgram;
    }

    private static int Died(ProcessEnd end)
    {
        if (end.Signal != 0)
        {
            Death.BySignal(end.Signal);
        }

        return end.Code;
    }

    private static int TimedOut(PackedProgram packed, RunOptions options, string where)
    {
        Status.Error($"'{packed.Program.Name}' was still running after {TimeLimit.Text(options.Timeout ?? TimeSpan.Zero)}, and was killed{where}");
        return ExitCode.TimedOut;
    }

    private static (DeviceRecord Device, Sysroot? Sysroot) AllThatIsKnown(DeviceSummary device) =>
        (DeviceBook.Find(device.Name) ?? throw Unknown(device.Name), device.SysrootId is { } id ? SysrootStore.InCache.Find(id) : null);

    private static FerryException Unknown(string device) => new($"there is no device '{device}'", help: $"add it: ferry device add {device} [USER@]HOST");

    private static PackedProgram Pack(string program, DeviceSummary device, RunOptions options, Func<(DeviceRecord, Sysroot?)> look)
    {
        var folders = ProgramSurroundings.LibraryFolders();
        var packed = Packer.Pack(program, folders);
        packed = Fitness.Ensure(packed, device, options.Target, look, folders, Status.Warn);
        if (Status.Verbose)
        {
            Status.Detail("Checked", Fitness.Praise(packed, device.Name));
        }

        return packed;
    }
}
