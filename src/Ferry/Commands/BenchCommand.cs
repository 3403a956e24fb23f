using System.CommandLine;

namespace Ferry.Commands;

/// <summary><c>ferry bench</c>: cargo bench, with the benchmarks on a device.</summary>
internal static class BenchCommand
{
    public static Command Define(IReadOnlyList<byte[]> programArguments)
    {
        var verb = new Verb(
            "bench",
            "Build benchmarks here and run them on a device. Takes all of cargo bench's options.",
            "ferry bench",
            "ferry bench --bench parser -- --save-baseline before")
        {
            Tail = "[cargo's options] [-- the benchmarks' arguments]",
        };
        _ = new CargoVerb(verb, runs: true, programArguments, RunCommand.Run);
        return verb;
    }
}
