using System.CommandLine;

namespace Ferry.Commands;

/// <summary><c>ferry test</c>: cargo test, with the tests on a device.</summary>
internal static class TestCommand
{
    public static Command Define(IReadOnlyList<byte[]> programArguments)
    {
        var verb = new Verb(
            "test",
            "Build the tests here and run them on a device. Takes all of cargo test's options.",
            "ferry test",
            "ferry test --release parser -- --nocapture",
            "ferry test --timeout 2m")
        {
            Tail = "[cargo's options] [-- the tests' arguments]",
        };
        _ = new CargoVerb(verb, runs: true, programArguments, RunCommand.Run);
        return verb;
    }
}
