using System.CommandLine;
using System.Text.Json;
using Ferry.Commands.Inspecting;
using Ferry.Devices;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry inspect</c>: what a file is, what it needs and what fills it; and whether it could run on a device.</summary>
internal static class InspectCommand
{
    private static readonly Argument<string> FileName = new("file") { Description = "A program, shared library, object, archive or core file" };
    private static readonly Option<string> On = new("--on") { Description = "Hold it against this device: what would keep it from running there?", HelpName = "device" };
    private static readonly Option<bool> All = new("--all") { Description = "Show all sections, crates, functions and members, not only the largest" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print all that is known, as JSON" };

    public static Command Define()
    {
        var verb = new Verb(
            "inspect",
            "Show what a file is, what it needs and what fills it, or what a device lacks for it.",
            "ferry inspect target/aarch64-unknown-linux-gnu/release/hello",
            "ferry inspect hello --on pi4",
            "ferry inspect libfoo.a --json")
        {
            FileName, On, All, Json,
        };
        verb.SetAction(Run);
        return verb;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetRequiredValue(FileName);
        var device = parsed.GetValue(On) is { } name ? DeviceChoice.For(name, new ProjectSettings()).Value : null;
        var file = InspectedFile.Read(path);
        var report = file.Report();
        if (device is not null)
        {
            report = report with { Device = device.Name, Findings = report.Kind == "core" ? [] : DeviceFindings.Of(path, file, device) };
        }

        Page.Results.Write(parsed.GetValue(Json)
            ? JsonSerializer.Serialize(report, FileReportJson.Default.FileReport) + "\n"
            : new InspectPage(report, PageStyle.OfOutput(parsed.GetValue(All))).Text());
        return report.Findings?.Any(finding => finding.Severity == Severity.Error) == true ? ExitCode.CannotRunThere : ExitCode.Done;
    }
}
