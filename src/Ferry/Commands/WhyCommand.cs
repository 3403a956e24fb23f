using System.CommandLine;
using System.Globalization;
using Ferry.Doors.Deaths;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry why</c>: says again how the project's program died last, or reads a core file.</summary>
internal static class WhyCommand
{
    private static readonly Option<string> On = new("--on") { Description = "The device (default: the one where it happened last)", HelpName = "device" };
    private static readonly Option<string> Core = new("--core") { Description = "Read a core file instead", HelpName = "file" };
    private static readonly Argument<string?> Program = new("program") { Description = "With --core: the program on this PC, with its debug info", Arity = ArgumentArity.ZeroOrOne };

    public static Command Define()
    {
        var verb = new Verb("why", "Say why the program died: again for the last run, or from a core file.", "ferry why", "ferry why -v", "ferry why --core core.1234 target/aarch64-unknown-linux-gnu/debug/hello")
        {
            On, Core, Program,
        };
        verb.SetAction(parsed => parsed.GetValue(Core) is { } core ? OfCore(core, parsed.GetValue(Program), parsed.GetValue(On)) : OfLastRun(parsed.GetValue(Program), parsed.GetValue(On)));
        return verb;
    }

    private static int OfLastRun(string? program, string? device)
    {
        if (program is not null)
        {
            throw new FerryException($"'{program}' belongs to a core file, and none is named", help: $"ferry why --core FILE {program}", exit: ExitCode.WrongUsage);
        }

        if (DeathBook.Last(DeathBook.ProjectOf(Environment.CurrentDirectory), device) is not var (when, _, report))
        {
            throw new FerryException(
                $"no program of this project has died{(device is null ? "" : $" on device '{device}'")}, as far as Ferry knows",
                "only what ferry run and ferry test have seen is known; a panic is an end like any other, and says itself where it was",
                "ferry run");
        }

        Status.Say("Died", $"{when.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}");
        report.Print(Status.Verbose);
        return ExitCode.Done;
    }

    private static int OfCore(string core, string? program, string? device)
    {
        var known = device is null ? null : DeviceBook.Find(device) ?? throw new FerryException($"there is no device '{device}'", help: "ferry device list", exit: ExitCode.WrongUsage);
        CoreReport.Of(core, program, known).Print(Status.Verbose);
        return ExitCode.Done;
    }
}
