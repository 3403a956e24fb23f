using System.CommandLine;
using System.Text.Json;
using Ferry.Devices;
using Ferry.Remote.Emulator;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry targets</c>: the table by which a device gets its target, and the boards of which it is known; or the decision for one device, which is not kept.</summary>
internal static class TargetsCommand
{
    private static readonly Argument<string?> Word = new("word") { Description = "Only targets and boards with this word: zero, a03111, musl, Cortex-A9", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> For = new("--for") { Description = "Ask this device and say which target it would get, and why; nothing is kept", HelpName = "[user@]host" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print it as JSON" };

    public static Command Define()
    {
        var verb = new Verb("targets", "Show which Rust target is for which device, or decide for one.", "ferry targets", "ferry targets zero", "ferry targets --for pi@192.168.1.40", "ferry targets --json") { Word, For, Json };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var asJson = parsed.GetValue(Json);
        if (parsed.GetValue(For) is { } host)
        {
            return Decide(host, asJson);
        }

        if (asJson)
        {
            Page.Results.WriteLine(JsonSerializer.Serialize(new TargetTable(Targets.All, KnownBoards.All), DeviceJson.Default.TargetTable));
            return ExitCode.Done;
        }

        var word = parsed.GetValue(Word) ?? "";
        var entries = Targets.All.Select(TargetsPage.Entry).Concat(KnownBoards.All.Select(TargetsPage.Entry)).Where(entry => entry.Contains(word, StringComparison.OrdinalIgnoreCase)).ToList();
        if (entries.Count == 0)
        {
            throw new FerryException($"no target and no board that ferry knows has '{word}' in its name", help: "see all of them: ferry targets");
        }

        entries.ForEach(Page.Results.Write);
        Status.Note("a device is asked what it is, whatever the table says: ferry targets --for [USER@]HOST");
        return ExitCode.Done;
    }

    private static int Decide(string host, bool asJson)
    {
        var profile = Profile(host);
        var advice = TargetAdvice.For(profile);
        if (asJson)
        {
            Page.Results.WriteLine(JsonSerializer.Serialize(advice, DeviceJson.Default.TargetAdvice));
        }
        else if (advice.Choice.Error is { } error)
        {
            throw new FerryException(error.Message, error.Cause, error.Help);
        }
        else
        {
            Page.Results.Write(TargetsPage.Of(advice, profile));
        }

        return advice.Choice.Triple is null ? ExitCode.Failed : ExitCode.Done;
    }

    /// <summary>A device that is known is asked again: it may have changed.</summary>
    private static DeviceProfile Profile(string host) =>
        EmulatorDevice.IsName(host) ? DeviceChoice.Emulator(host).Profile
        : DeviceBook.Find(host) is { } known ? DeviceAdding.Ask(known.Name, known.Address).Profile
        : DeviceAdding.Ask(host, host).Profile;
}
