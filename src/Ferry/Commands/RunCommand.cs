using System.CommandLine;
using Ferry.Commands.Many;
using Ferry.Devices;
using Ferry.Remote;

namespace Ferry.Commands;

/// <summary><c>ferry run</c>: cargo run, with the program on a device.</summary>
internal static class RunCommand
{
    public static Command Define(IReadOnlyList<byte[]> programArguments)
    {
        var verb = new Verb(
            "run",
            "Build a program here and run it on a device. Takes all of cargo run's options.",
            "ferry run --release",
            "ferry run --on pi4 --bin server -- --port 8080",
            "ferry run --on pi@192.168.1.40 --env RUST_LOG=debug",
            "echo hi | ferry run --example echo")
        {
            Tail = "[cargo's options] [-- program's arguments]",
        };
        _ = new CargoVerb(verb, runs: true, programArguments, Run);
        return verb;
    }

    internal static int Run(CargoLine line)
    {
        if (line.Devices.Count > 1)
        {
            return FleetVerb.Run(line);
        }

        var plan = CargoPlan.Make(line);
        if (line.DryRun)
        {
            return plan.Print();
        }

        // Said before anything is built.
        var device = plan.Device.Value;
        ImportedDevice.ThrowIfIs(device.Name, device.Address, EmulatedCpus.All.FirstOrDefault(cpu => cpu.Machine == device.Profile.Userland.Machine) is { } cpu ? $"emulator:{cpu.Name}" : null);
        return plan.Run();
    }
}
