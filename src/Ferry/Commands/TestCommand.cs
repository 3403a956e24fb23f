using System.CommandLine;
using Ferry.Commands.Many;

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
            "ferry test --timeout 2m",
            "ferry test --on pi4,zero",
            "ferry test --on pi4,zero --share")
        {
            Tail = "[cargo's options] [-- the tests' arguments]",
        };
        var share = new Option<bool>("--share") { Description = "With several devices: share the tests out among them" };
        var cargo = new CargoVerb(verb, runs: true, programArguments, RunCommand.Run);
        verb.Options.Add(share);
        verb.SetAction(parsed => parsed.GetValue(share) ? ShareVerb.Run(cargo.Read(parsed)) : RunCommand.Run(cargo.Read(parsed)));
        return verb;
    }
}
