using System.CommandLine;
using Ferry.Commands.Many;

namespace Ferry.Commands;

/// <summary><c>ferry build</c>: cargo build, for the device's target and against its libraries.</summary>
internal static class BuildCommand
{
    public static Command Define(IReadOnlyList<byte[]> programArguments)
    {
        var verb = new Verb(
            "build",
            "Build for a device, without running. Takes all of cargo build's options.",
            "ferry build --release",
            "ferry build --on pi4 --workspace --all-targets",
            "ferry build --on emulator:cortex-a7")
        {
            Tail = "[cargo's options]",
        };
        _ = new CargoVerb(verb, runs: false, programArguments, Run);
        return verb;
    }

    private static int Run(CargoLine line)
    {
        if (line.Devices.Count > 1)
        {
            return FleetVerb.Build(line);
        }

        var plan = CargoPlan.Make(line);
        return line.DryRun ? plan.Print() : plan.Build();
    }
}
