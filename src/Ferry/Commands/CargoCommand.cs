using System.CommandLine;
using Ferry.Processes;

namespace Ferry.Commands;

/// <summary><c>ferry cargo</c>: any command of cargo's, with Ferry as linker and as runner.</summary>
internal static class CargoCommand
{
    public const string Name = "cargo";

    private static readonly string[] WithValue = ["--on", "--env", "--folder", "--timeout", "--glibc"];

    public static Command Define(IReadOnlyList<byte[]> cargoWords)
    {
        var verb = new Verb(
            Name,
            "Run any command of cargo's for a device: programs are built for it and started on it.",
            "ferry cargo nextest run",
            "ferry cargo --on pi4 clippy",
            "ferry cargo --timeout 2m nextest run -E 'test(parser)'")
        {
            Tail = "<cargo's command> [its options]",
        };
        _ = new CargoVerb(verb, runs: true, cargoWords, Run);
        return verb;
    }

    /// <summary>
    /// Where cargo's own words begin: at the first that is no option of Ferry's. Behind it a word may look like one of Ferry's (<c>cargo publish --dry-run</c>)
    /// and is cargo's all the same.
    /// </summary>
    public static int CargosWords(IReadOnlyList<string> words)
    {
        var verb = 0;
        while (verb < words.Count && words[verb].StartsWith('-'))
        {
            verb++;
        }

        if (verb == words.Count || words[verb] != Name)
        {
            return -1;
        }

        var at = verb + 1;
        while (at < words.Count && words[at].StartsWith('-'))
        {
            at += WithValue.Contains(words[at]) ? 2 : 1;
        }

        return Math.Min(at, words.Count);
    }

    private static int Run(CargoLine line)
    {
        // -v and -q are for Ferry alone here: cargo's own come behind its command.
        if (line.CargoArguments.FirstOrDefault(word => word is not ("--verbose" or "--quiet")) is { } stray)
        {
            throw new FerryException($"unexpected option '{stray}'", help: "cargo's own words come behind its command: ferry cargo nextest run --release; see: ferry cargo --help");
        }

        var words = line.ProgramArguments.Select(RawArguments.Text).ToList();
        if (words.All(word => word.StartsWith('+')))
        {
            throw new FerryException("which command of cargo's?", help: "for example: ferry cargo nextest run; see: ferry cargo --help");
        }

        // What stands behind -- is not cargo's to read, nor ours.
        var end = words.IndexOf("--") is var found and >= 0 ? found : words.Count;
        return RunCommand.Run(line with { CargoArguments = words[..end], ProgramArguments = [.. line.ProgramArguments.Skip(end)] });
    }
}
