using Ferry.Processes;
using Ferry.Terminal;
using Ferry.Toolchain;

namespace Ferry.Commands.Many;

/// <summary>What devices with the same link (and with --tune the same processor) have in common: one build serves them all.</summary>
/// <param name="Link">The linker's path, in which a link's identity is; see <see cref="LinkIdentity"/>.</param>
/// <param name="Variables">cargo's environment.</param>
/// <param name="Devices">At least one.</param>
internal sealed record FleetBuild(string Link, IReadOnlyDictionary<string, string?> Variables, IReadOnlyList<FleetDevice> Devices)
{
    public CargoPlan Plan => Devices[0].Plan!;

    /// <summary>
    /// The builds in rounds. Within a round each has a target of its own, so that what was built lies in folders of their own; a second link of the same target
    /// would overwrite the first one's programs, and has to wait until these have run.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<FleetBuild>> Rounds(IEnumerable<FleetDevice> devices)
    {
        var builds = devices.Select(device => (Device: device, Variables: device.Plan!.Ready()))
            .GroupBy(pair => (Link: pair.Variables[CargoLinking.LinkerVariable(pair.Device.Plan!.Target.Value)]!, Tuned: pair.Device.Plan!.Tuned?.Value))
            .Select(same => new FleetBuild(same.Key.Link, same.First().Variables, [.. same.Select(pair => pair.Device)]))
            .ToList();
        return [.. builds.GroupBy(build => build.Plan.Target.Value)
            .SelectMany(target => target.Select((build, round) => (build, round)))
            .GroupBy(pair => pair.round, pair => pair.build)
            .OrderBy(round => round.Key)
            .Select(round => round.ToList())];
    }

    /// <summary>Lets cargo build, with its own words in view and our terminal to ask on. Gives its exit code.</summary>
    public int Make(Interruption interruption, bool saysFor = true)
    {
        if (saysFor)
        {
            Status.Say("Building", $"for {string.Join(", ", Devices.Select(device => device.Name))} ({Plan.Target.Value})");
        }

        using var cargo = interruption.Start(Line(Plan.BuildWords()));
        var end = cargo.Wait();
        interruption.Forget(cargo);
        return end.Code;
    }

    /// <summary>The same, and cargo's messages: a JSON object a line.</summary>
    public (int Code, string Messages) MakeForMessages(Interruption interruption)
    {
        using var cargo = interruption.Start(Line([.. Plan.BuildWords(), "--message-format=json-render-diagnostics"]) with { Output = ChildStream.Pipe });
        var messages = new StreamReader(cargo.Output).ReadToEnd();
        var end = cargo.Wait();
        interruption.Forget(cargo);
        return (end.Code, messages);
    }

    /// <summary>Holds what was built against each of the devices. Gives the exit code.</summary>
    public int Check()
    {
        var words = Plan.BuildWords();
        return Devices.Max(device => BuildCheck.Of(device.Plan!.Device.Value, Plan.Rust, Plan.Target.Value, words, Variables));
    }

    private ChildLine Line(IReadOnlyList<string> words) => new(Plan.Rust.Cargo, words) { Input = ChildStream.Inherit, OwnSession = false, Variables = Variables };
}
