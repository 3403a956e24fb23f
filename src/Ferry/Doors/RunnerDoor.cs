using Ferry.Devices;
using Ferry.Processes;
using Ferry.Remote;
using Ferry.Remote.Agent;
using Ferry.Remote.Emulator;
using Ferry.Remote.Packing;
using Ferry.Remote.Sysroots;
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
        var device = DeviceBook.Find(options.Device) ?? throw new FerryException($"there is no device '{options.Device}'", help: $"add it: ferry device add {options.Device} [USER@]HOST");
        var packed = Pack(words[0], device, device.SysrootId is { } id ? SysrootStore.InCache.Find(id) : null);
        var request = ProgramSurroundings.Request(packed, words[1..], options);
        var end = Run(device, request);
        if (!end.BySignal)
        {
            return end.Code;
        }

        if (!SignalNames.IsAskedFor(end.Signal))
        {
            Status.Error($"'{packed.Program.Name}' was killed by {SignalNames.Of(end.Signal)}, on device '{device.Name}'{(end.DumpedCore ? " (core dumped there)" : "")}");
        }

        Death.BySignal(end.Signal);
        return end.ExitCode;
    }

    private static ProgramEnd Run(DeviceRecord device, RunRequest request)
    {
        using var report = new RunReport(device.Name, request.Name);
        return DeviceRun.Run(device, request, LocalStreams.OfThisProcess(), report.Sent, RunReport.Say);
    }

    private static int OnEmulator(byte[][] words, RunOptions options)
    {
        var emulator = EmulatorDevice.Open(options.Device, SysrootStore.InCache, DateTimeOffset.UnixEpoch);
        var packed = Pack(words[0], emulator.Record, emulator.Sysroot);
        if (!OperatingSystem.IsWindows())
        {
            ProgramSurroundings.BecomeLikeADevice(packed, options);
        }

        var line = EmulatorCommand.For(emulator, packed.Program.Source, packed.Program.Name, []);
        Exec.Replace(line[0], [.. line.Skip(1).Select(RawArguments.Bytes), .. words[1..]]);
        return ExitCode.FerryInsteadOfProgram;
    }

    private static PackedProgram Pack(byte[] program, DeviceRecord device, Sysroot? sysroot)
    {
        var folders = ProgramSurroundings.LibraryFolders();
        var packed = Packer.Pack(RawArguments.Text(program), folders);
        return Fitness.Ensure(packed, device, sysroot, folders, Status.Warn);
    }
}
