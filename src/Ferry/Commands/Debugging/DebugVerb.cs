using System.Text;
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
internal static class DebugVerb
{
    public static int Run(CargoLine typed, DebugWords words)
    {
        if (typed.Devices.Count > 1)
        {
            throw new FerryException("a program is debugged on one device at a time", help: "name one: --on DEVICE", exit: ExitCode.WrongUsage);
        }

        var plan = CargoPlan.Make(typed with { Verb = words.Test is null ? "run" : "test" });
        if (typed.DryRun)
        {
            return plan.Print();
        }

        var device = plan.Device.Value;
        if (EmulatorDevice.IsName(device.Name))
        {
            throw new FerryException("ferry debug does not know the emulator yet", help: "name a board: --on DEVICE", exit: ExitCode.WrongUsage);
        }

        ImportedDevice.ThrowIfIs(device.Name, device.Address);
        // Before anything is built.
        var debugger = DebuggerSearch.Find(words.Debugger, plan.Target.Value);
        var build = DebugBuild.Make(plan, words.Test, plan.Ready(), out var code);
        return build is null ? code : Debug(plan, words, debugger, build);
    }

    private static int Debug(CargoPlan plan, DebugWords words, Debugger debugger, DebugBuild build)
    {
        var (device, summary) = (plan.Device.Value, DeviceSummary.Of(plan.Device.Value));
        var sysroot = device.SysrootId is { } id ? SysrootStore.InCache.Find(id) : null;
        PackedProgram Pack(string file)
        {
            var folders = build.Built.LibraryFolders(file, plan.Rust, plan.Target.Value);
            return Fitness.Ensure(Packer.Pack(file, folders), summary, plan.Target.Value, () => (device, sysroot), folders, Status.Warn);
        }

        BeAsCargo(build);
        var packed = Pack(build.File);
        var request = Request(packed, plan, words, build, ProgramTree.Of(packed, device.Name, plan.Options, Pack)) with { Server = new DebugServer(words.Gdbserver is not null, words.Attach) };
        var target = DebugTarget.Read(build.File, build.Function);
        TellWhatIsLacking(plan, target, build);
        using var report = new RunReport(device.Name, request.Name);
        using var streams = new DebugStreams(words.Input, words.Output);
        var end = DebugSession.Run(debugger, (address, runs) => Setup(address, runs, plan, words, packed, target, sysroot), summary, request, streams.Local, report.Sent, RunReport.Say);
        if (debugger.Kind == DebuggerKind.Lldb && !end.IsSuccess && !end.IsNotSeen)
        {
            // lldb says 0, whatever gdbserver said.
            Status.Say("Ended", $"'{packed.Program.Name}' {(end.BySignal ? "by " + SignalNames.Of(end.Signal) : $"with exit code {end.Code}")}");
        }

        return end.IsNotSeen ? ExitCode.Done : end.ExitCode;
    }

    /// <summary>What cargo sets for a program that it starts, for whoever asks this process.</summary>
    private static void BeAsCargo(DebugBuild build)
    {
        foreach (var (name, value) in ((string, string)[])[("CARGO_MANIFEST_DIR", build.Package), ("CARGO_MANIFEST_PATH", Path.Combine(build.Package, "Cargo.toml"))])
        {
            Environment.SetEnvironmentVariable(name, value);
            NativeEnvironment.Set(name, value);
        }
    }

    private static RunRequest Request(PackedProgram packed, CargoPlan plan, DebugWords words, DebugBuild build, ProgramTree? tree)
    {
        byte[][] only = words.Test is null ? [] : [.. new[] { "--exact", DebugBuild.NameOf(build.Function), "--nocapture", "--test-threads=1" }.Select(Encoding.UTF8.GetBytes)];
        var request = ProgramSurroundings.Request(packed, [.. only, .. plan.Line.ProgramArguments], plan.Options, tree);
        // The terminal is the debugger's.
        request = request with { Terminal = null, StderrApart = false, TimeLimit = plan.Timeout?.Value };
        return words.Gdbserver is { } server ? request with { Files = [.. request.Files, GdbserverAlong.File(server, plan)] } : request;
    }

    private static DebugSetup Setup(string address, string runs, CargoPlan plan, DebugWords words, PackedProgram packed, DebugTarget target, Sysroot? sysroot)
    {
        if (words.Attach is not null && !runs.Contains(packed.Program.Sha256, StringComparison.Ordinal))
        {
            Status.Warn($"what runs there is '{runs}', and may be another program than '{packed.Program.Source}': lines and variables would be wrong");
        }

        return new()
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
            Breakpoints = words.Breakpoints,
            BreaksOnPanic = words.BreaksOnPanic,
            Commands = words.Commands is { } file ? Path.GetFullPath(file) : null,
        };
    }

    private static void TellWhatIsLacking(CargoPlan plan, DebugTarget target, DebugBuild build)
    {
        if (!target.HasDebugInfo)
        {
            Status.Warn($"'{Path.GetFileName(target.Path)}' has no debug info: the debugger will show no lines and no variables; leave --release out, or set debug = true for the profile");
        }
        else if (target.StartName is null)
        {
            Status.Warn($"there is no function '{build.Function}' to stop at");
        }

        if (RustSources.Printers(plan.Rust) is null)
        {
            Status.Note($"this Rust came without its scripts for debuggers: String, Vec and the like are shown as they lie in memory ({Path.Combine(plan.Rust.Sysroot, "lib", "rustlib", "etc")})");
        }
    }
}
