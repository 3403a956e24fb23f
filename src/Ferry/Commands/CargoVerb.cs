using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ferry.Commands;

/// <summary>
/// The options that the verbs around cargo share. Everything that is not among them is cargo's and goes to cargo as it is.
/// </summary>
internal sealed class CargoVerb
{
    private readonly Option<string[]> on = new("--on")
    {
        Description = "The device: a name, [USER@]HOST, emulator or emulator:CPU; several with commas",
        HelpName = "device",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> environment = new("--env")
    {
        Description = "Set a variable for the program: K=V, or K to copy it from here",
        HelpName = "K=V",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> folder = new("--folder") { Description = "The program's working folder on the device (default: the home folder)", HelpName = "folder" };
    private readonly Option<string> timeout = new("--timeout") { Description = "Kill a program that is still running after this time: 60s, 2m, 1h", HelpName = "time" };
    private readonly Option<bool> untraced = new("--no-trace") { Description = "Do not watch what kills the program (ferry why)" };
    private readonly Option<bool> beside = new("--no-lock") { Description = "Measure though other programs run on the device" };
    private readonly Option<string> glibc = new("--glibc")
    {
        Description = "The oldest glibc that programs must run with: 2.28, or a device's name",
        HelpName = "version",
    };

    private readonly Option<bool> asStatic = new("--static") { Description = "Build for the device's static target: the program needs nothing of the device" };
    private readonly Option<bool> tune = new("--tune") { Description = "Build for the device's very processor; programs may not run on others" };
    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Install what rustup can give without asking" };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Show what would be done, and why, and stop" };

    private readonly IReadOnlyList<byte[]> programArguments;

    public CargoVerb(Verb verb, bool runs, IReadOnlyList<byte[]> programArguments, Func<CargoLine, int> run)
    {
        this.programArguments = programArguments;
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.Options.Add(on);
        if (runs)
        {
            verb.Options.Add(environment);
            verb.Options.Add(folder);
            verb.Options.Add(timeout);
        }

        // Benchmarks are never traced, and what is debugged is gdbserver's.
        if (runs && verb.Name is not ("bench" or "debug"))
        {
            verb.Options.Add(untraced);
        }

        if (verb.Name is "bench" or "cargo")
        {
            verb.Options.Add(beside);
        }

        verb.Options.Add(glibc);
        verb.Options.Add(asStatic);
        verb.Options.Add(tune);
        verb.Options.Add(yes);
        verb.Options.Add(dryRun);
        on.Validators.Add(DeviceNames.Check);
        verb.SetAction(parsed => run(Read(parsed)));
    }

    internal CargoLine Read(ParseResult parsed) => new()
    {
        Verb = parsed.CommandResult.Command.Name,
        Devices = DeviceNames.Of(parsed.GetValue(on) ?? []),
        Words = DeviceNames.LeftOut(parsed.Tokens.Select(token => token.Value)),
        Environment = parsed.GetValue(environment) ?? [],
        Folder = parsed.GetValue(folder),
        Timeout = parsed.GetValue(timeout),
        Untraced = parsed.GetValue(untraced),
        Beside = parsed.GetValue(beside),
        Glibc = parsed.GetValue(glibc),
        Static = parsed.GetValue(asStatic),
        Tune = parsed.GetValue(tune),
        Yes = parsed.GetValue(yes),
        DryRun = parsed.GetValue(dryRun),
        CargoArguments = [.. Shared(parsed), .. parsed.UnmatchedTokens],
        ProgramArguments = programArguments,
    };

    /// <summary>-v and -q are Ferry's and cargo's at once.</summary>
    private static IEnumerable<string> Shared(ParseResult parsed) =>
        new[] { "--verbose", "--quiet" }.Where(name => parsed.GetResult(name) is OptionResult { Implicit: false });
}
