using System.CommandLine;

namespace Ferry.Commands.Watching;

/// <summary><c>ferry watch run|test|bench</c>: the verb again at each change.</summary>
internal static class WatchCommand
{
    public static Command Define(IReadOnlyList<byte[]> programArguments) =>
        new Verb("watch", "Build, send and run again whenever a source file changes.", "ferry watch run", "ferry watch test --on pi4 --release")
        {
            Define("run", "Run a program on a device, and again after each change.", "[cargo's options] [-- program's arguments]", programArguments),
            Define("test", "Run the tests on a device, and again after each change.", "[cargo's options] [-- the tests' arguments]", programArguments),
            Define("bench", "Run the benchmarks on a device, and again after each change.", "[cargo's options] [-- the benchmarks' arguments]", programArguments),
        };

    private static Verb Define(string name, string description, string tail, IReadOnlyList<byte[]> programArguments)
    {
        var poll = new Option<bool>("--poll") { Description = "Look for changes twice a second: for folders of the network" };
        var clear = new Option<bool>("--clear") { Description = "Clear the screen before each round" };
        var verb = new Verb(name, description, $"ferry watch {name}", $"ferry watch {name} --on pi4 --release") { Tail = tail };
        verb.Options.Add(poll);
        verb.Options.Add(clear);
        var cargo = new CargoVerb(verb, runs: true, programArguments, _ => ExitCode.Done);
        verb.SetAction(parsed => Run(cargo.Read(parsed), parsed.GetValue(poll), parsed.GetValue(clear)));
        return verb;
    }

    private static int Run(CargoLine line, bool poll, bool clear)
    {
        if (line.DryRun)
        {
            return RunCommand.Run(line);
        }

        using var loop = new WatchLoop(line with { Words = [.. line.Words.Skip(1).Where(word => word is not ("--poll" or "--clear"))] }, poll, clear);
        return loop.Run();
    }
}
