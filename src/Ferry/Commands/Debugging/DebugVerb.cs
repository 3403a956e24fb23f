using Ferry.Debugging;
using Ferry.Devices;
using Ferry.Doors;
using Ferry.Processes;
using Ferry.Remote;
using Ferry.Remote.Agent;
using Ferry.Remote.Emulator;
using Ferry.Remote.Packing;
using Ferry.Remote.Sysroots;
using Ferry.Terminal;

namespace Ferry.Commands.Debugging;

/// <summary>What <c>ferry debug</c> does: plan, build, check, send, and the session.</summary>
internal sealed class DebugVerb
{
    private readonly CargoPlan plan;
    private readonly DebugWords words;
    private readonly DebugBuild build;
    private readonly Sysroot? sysroot;

    internal DebugVerb(CargoPlan plan, DebugWords words, DebugBuild build)
    {
        (this.plan, this.words, this.build) = (plan, words, build);
        // The emulator's is in the store, too, since the device was chosen.
        sysroot = plan.Device.Value.SysrootId is { } id ? SysrootStore.InCache.Find(id) : null;
    }

    internal DeviceRecord Device => plan.Device.Value;

    internal DeviceSummary Summary => DeviceSummary.Of(Device);

    public static int Run(CargoLine typed, DebugWords words)
    {
        words.Check(typed);
        var place = TestPlace.Parse(words.Test);
        var intended = CargoPlan.Make((place is null ? typed : place.Narrow(typed)) with { Verb = words.Test is null ? "run" : "test" });
        if (typed.DryRun)
        {
            return intended.Print();
        }

        var device = intended.Device.Value;
        ImportedDevice.ThrowIfIs(device.Name, device.Address);
        if (words.Serve is not null)
        {
            return ServeVerb.Run(intended, words);
        }

        // Before anything is built.
        var debugger = DebuggerSearch.Find(words.Debugger, intended.Target.Value);
        var made = DebugBuild.Make(intended, words.Test, intended.Ready(), out var code);
        return made is null ? code : new DebugVerb(intended, words, made).Debug(debugger);
    }

    private int Debug(Debugger debugger)
    {
        build.BeAsCargo();
        var packed = Pack(build.File);
        var target = DebugTarget.Read(build.File, build.Function);
        TellWhatIsLacking(target);
        if (words.Core is { } core)
        {
            return new CoreSession(Device, sysroot, packed, plan.Options.Folder).Run(debugger, core, folder => Setup(Path.Combine(folder, "none"), packed, target));
        }

        var end = EmulatorDevice.IsName(Device.Name) ? OnEmulator(debugger, packed, target) : OnDevice(debugger, packed, target);
        if (debugger.Kind == DebuggerKind.Lldb && !end.IsSuccess && !end.IsNotSeen)
        {
            // lldb says 0, whatever gdbserver said.
            Status.Say("Ended", $"'{packed.Program.Name}' {(end.BySignal ? "by " + SignalNames.Of(end.Signal) : $"with exit code {end.Code}")}");
        }

        return end.TimedOut ? ExitCode.TimedOut : end.IsNotSeen ? ExitCode.Done : end.ExitCode;
    }

    internal PackedProgram Pack(string file)
    {
        var folders = build.Built.LibraryFolders(file, plan.Rust, plan.Target.Value);
        return Fitness.Ensure(Packer.Pack(file, folders), Summary, plan.Target.Value, () => (Device, sysroot), folders, Status.Warn);
    }

    private ProgramEnd OnDevice(Debugger debugger, PackedProgram packed, DebugTarget target)
    {
        using var streams = new DebugStreams(words.Input, words.Output);
        var request = Request(packed) with { Terminal = streams.Terminal };
        using var report = new RunReport(Device.Name, request.Name);
        return DebugSession.Run(debugger, (address, runs) => SetupFor(address, packed, target, runs), Summary, request, streams.Local, report.Sent, RunReport.Say, new MeasuringReport(Device.Name, request.Name).News);
    }

    internal RunRequest Request(PackedProgram packed)
    {
        var along = words.Gdbserver is { } path ? GdbserverAlong.File(path, Device, sysroot) : null;
        var server = new DebugServer(along is not null, words.Attach);
        if (words.Attach is not null)
        {
            // Nothing is started, and what is there already is not sent.
            return new RunRequest { Arguments = [], Files = along is null ? [] : [along], Program = packed.Program.Name, Server = server };
        }

        var tree = ProgramTree.Of(packed, Device.Name, plan.Options, Pack);
        var request = ProgramSurroundings.Request(packed, [.. build.Arguments, .. plan.Line.ProgramArguments], plan.Options, tree);
        return request with
        {
            Files = along is null ? request.Files : [.. request.Files, along],
            Server = server,
            StderrApart = false,
            // Who thinks at a breakpoint is in no hurry, unless it was typed for this very session.
            TimeLimit = plan.Line.Timeout is null ? null : plan.Timeout?.Value,
        };
    }

    private ProgramEnd OnEmulator(Debugger debugger, PackedProgram packed, DebugTarget target)
    {
        var line = EmulatorLine(packed);
        return OperatingSystem.IsLinux() ? EmulatedSession.Run(debugger, address => Setup(address, packed, target), line) : throw new PlatformNotSupportedException();
    }

    /// <summary>QEMU's line, once it is known on which socket its stub is to wait.</summary>
    internal Func<string, ChildLine> EmulatorLine(PackedProgram packed)
    {
        if (words.Attach is not null || !OperatingSystem.IsLinux())
        {
            throw new FerryException("nothing runs on the emulator that a debugger could attach itself to", "each program is an emulator of its own", "start it: ferry debug --on " + Device.Name, ExitCode.WrongUsage);
        }

        ProgramSurroundings.BecomeLikeADevice(packed, plan.Options);
        var line = EmulatorCommand.For(EmulatorDevice.Open(Device.Name), packed.Program.Source, packed.Program.Name, []);
        return socket => new ChildLine(line[0], [.. new[] { "-g", socket }.Concat(line.Skip(1)).Select(RawArguments.Bytes), .. build.Arguments, .. plan.Line.ProgramArguments])
        {
            Input = words.Input is { } input ? ChildStream.File(Path.GetFullPath(input)) : ChildStream.Null,
            Output = words.Output is { } output ? ChildStream.File(Path.GetFullPath(output)) : ChildStream.Inherit,
            Errors = words.Output is { } errors ? ChildStream.File(Path.GetFullPath(errors)) : ChildStream.Inherit,
        };
    }

    private DebugSetup SetupFor(string address, PackedProgram packed, DebugTarget target, string runs)
    {
        WarnOfAnother(packed, runs);
        return Setup(address, packed, target);
    }

    internal DebugSetup Setup(string address, PackedProgram packed, DebugTarget? target) =>
        new()
        {
            Program = packed.Program.Source,
            Address = address,
            // Of a device without libraries there is nothing to be read either; an empty word would mean this PC's own.
            Sysroot = sysroot?.Folder ?? Path.GetDirectoryName(address)!,
            LibraryFolders = [.. packed.Libraries.Select(library => Path.GetDirectoryName(library.Source)!).Distinct()],
            Printers = RustSources.Printers(plan.Rust),
            Sources = RustSources.Std(plan.Rust),
            StopAt = words.StopsAtStart && words.Attach is null ? target : null,
            IsAttached = words.Attach is not null,
            CanStartAgain = !EmulatorDevice.IsName(Device.Name) && words.Attach is null,
            Breakpoints = words.Breakpoints,
            BreaksOnPanic = words.BreaksOnPanic,
            Commands = words.Commands is { } file ? Path.GetFullPath(file) : null,
        };

    internal void WarnOfAnother(PackedProgram packed, string runs)
    {
        if (words.Attach is not null && !runs.Contains(packed.Program.Sha256, StringComparison.Ordinal))
        {
            Status.Warn($"what runs there is '{runs}', and may be another program than '{packed.Program.Source}': lines and variables would be wrong");
        }
    }

    internal void TellWhatIsLacking(DebugTarget target)
    {
        if (!target.HasDebugInfo)
        {
            Status.Warn($"'{Path.GetFileName(build.File)}' has no debug info: the debugger will show no lines and no variables; leave --release out, or set debug = true for the profile");
        }
        else if (target.StartName is null && words.StopsAtStart)
        {
            Status.Warn($"there is no function '{build.Function}' to stop at");
        }

        if (RustSources.Printers(plan.Rust) is null)
        {
            Status.Note($"this Rust came without its scripts for debuggers ({Path.Combine(plan.Rust.Sysroot, "lib", "rustlib", "etc")}): String, Vec and the like are shown as they lie in memory");
        }
    }
}
