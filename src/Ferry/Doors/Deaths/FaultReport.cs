namespace Ferry.Doors.Deaths;

/// <summary>What a fault adds to a report: place, frames, the kernel's word, the instruction.</summary>
internal static class FaultReport
{
    private const int IllegalInstruction = 4;
    private const int Trap = 5;

    /// <param name="report">What is said already.</param>
    /// <param name="fault">The fault.</param>
    /// <param name="process">The process' number, by which it is told whether it sent the signal itself.</param>
    /// <param name="here">The path on this PC of a mapped file, or null.</param>
    public static DeathReport Added(DeathReport report, FaultNote fault, int process, Func<string, string?> here)
    {
        var autopsy = new Autopsy(fault.Thread, fault.Files, fault.Memory, here);
        var frames = autopsy.Frames();
        var causes = new List<string>();
        if (SignalWords.Cause(fault.Thread, fault.Files, process) is { } cause)
        {
            causes.Add(cause);
        }

        if (fault.Thread.Signal is IllegalInstruction or Trap && autopsy.Instruction() is { } instruction)
        {
            var at = autopsy.InstructionPlace() is { } place ? " at " + place : "";
            causes = instruction.IsTrap
                ? [$"it came to a trap ({instruction.Name}, {instruction.Text}{at}): compilers put one where a program must not come"]
                : [.. causes, $"the instruction is {instruction.Text}{(instruction.Name is { } name ? $" ({name}{(instruction.Need is { } need ? ", which needs " + need : "")})" : "")}{at}"];
        }

        var helps = frames.Any(frame => frame.Source?.File is not null) || frames.Count == 0 ? report.Helps
            : [.. report.Helps, "with debug info the lines are known, too: [profile.release] debug = \"line-tables-only\" in Cargo.toml"];
        return report with
        {
            Place = autopsy.Place(frames),
            Frames = autopsy.Lines(frames),
            Causes = [.. report.Causes, .. causes],
            Notes = IsWorthNaming(fault.Thread.Name, report.Title) ? [.. report.Notes, $"it happened in the thread '{fault.Thread.Name}'"] : report.Notes,
            Helps = helps,
            Details = autopsy.Details(),
        };
    }

    /// <summary>A main thread is called as the program is, of which the kernel keeps 15 bytes.</summary>
    private static bool IsWorthNaming(string thread, string title) => thread.Length > 0 && !title.StartsWith("'" + thread, StringComparison.Ordinal);
}
