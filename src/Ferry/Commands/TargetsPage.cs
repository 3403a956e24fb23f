using Ferry.Devices;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>Targets and boards as people read them.</summary>
internal static class TargetsPage
{
    public static IReadOnlyList<string> Row(Target target) =>
    [
        target.Triple,
        target.IsStatic ? "musl, in the program" : "the device's glibc",
        target.For + (target.OnRequest ? "; only with --target" : "") + (target.HasStd ? "" : "; Rust has no ready-made std for it (tier 3)"),
    ];

    public static IReadOnlyList<string> Row(KnownBoard board) =>
        [board.Name, board.Processor, board.Targets.Count > 0 ? string.Join(", or with a 32-bit system ", board.Targets) : "none", string.Join(' ', board.Revisions)];

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
