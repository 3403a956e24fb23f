using Ferry.Devices;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>Targets and boards as people read them.</summary>
internal static class TargetsPage
{
    public static string Entry(Target target) =>
        $"{target.Triple}\n    {target.For}\n"
        + (target.OnRequest ? "    taken only where it is named: --target\n" : "")
        + (target.HasStd ? "" : "    tier 3: Rust has no ready-made standard library for it\n");

    public static string Entry(KnownBoard board) =>
        $"{board.Name} ({board.Processor})\n    {(board.Targets.Count > 0 ? string.Join("; with a 32-bit system ", board.Targets) : "none")}\n"
        + (board.Revisions.Count > 0 ? $"    revision {string.Join(' ', board.Revisions)}\n" : "");

    public static string Of(TargetAdvice advice, DeviceProfile profile)
    {
        (string Label, string? Text)[] rows =
        [
            ("device", advice.Board is { } board ? board + (profile.Cpu.Revision is { } code ? $" (revision {code})" : "") : profile.Model),
            ("target", advice.Choice.Triple),
            ("because", advice.Choice.Reason),
            ("--static", advice.Static == advice.Choice.Triple ? "the same: its programs are static anyway" : advice.Static),
            ("--tune", advice.Tuning is { TargetCpu: { } cpu } tuning ? $"{cpu}: {tuning.Reason}" : $"nothing: {advice.Tuning?.Reason}"),
        ];
        return string.Concat(rows.Select(row => $"{row.Label,10}  {Printable.Clean(row.Text ?? "unknown")}\n"));
    }
}
