using Ferry.Devices;
using Ferry.Remote.Agent;
using Ferry.Remote.Packing;
using Ferry.Remote.Sysroots;

namespace Ferry.Doors.Deaths;

/// <summary>Why a program ended badly on a device: what was seen of its death, what it said last, and what the check says of it now.</summary>
internal static class PostMortem
{
    private const int FirstOfShells = 126;
    private const int NotFound = 127;
    private const int Signals = 128;
    private static readonly int[] OfFaults = [4, 5, 6, 7, 8, 11, 31];

    /// <summary>Null for an end that needs no words: by a program's own code, a panic's included, or by a signal that a user sends.</summary>
    public static DeathReport? Of(ProgramEnd end, PackedProgram packed, DeviceSummary device, Func<(DeviceRecord Device, Sysroot? Sysroot)> look, bool isForStaticTarget)
    {
        var words = end.Notes is { } notes ? Ferry.Processes.RawArguments.Text(notes.LastWords) : "";
        var known = LastWords.Find(words, end.ExitCode);
        if (end.BySignal)
        {
            return SignalNames.IsAskedFor(end.Signal) ? null : BySignal(end, packed, device, look, isForStaticTarget, known);
        }

        return known is null && end.Code is not (FirstOfShells or NotFound) && !Array.Exists(OfFaults, signal => end.Code == Signals + signal) ? null
            : ByCode(end.Code, packed, device, look, isForStaticTarget, known);
    }

    private static DeathReport BySignal(ProgramEnd end, PackedProgram packed, DeviceSummary device, Func<(DeviceRecord, Sysroot?)> look, bool isForStaticTarget, (string Words, string Meaning, string? Help)? known)
    {
        var report = new DeathReport { Title = $"'{packed.Program.Name}' was killed by {SignalNames.Of(end.Signal)}, on device '{device.Name}'{(end.DumpedCore ? " (core dumped there)" : "")}" };
        // An empty one says that the tracer had left the program alone.
        if (end.Notes is { Faults: [{ Length: 0 }] })
        {
            report = report with { Notes = ["where is not known: it had so many signals or threads that tracing it would have slowed it down"] };
        }

        var faults = (end.Notes?.Faults ?? []).Select(FaultNote.Read).OfType<FaultNote>().ToList();
        if (MemoryNote.Read(end.Notes?.Killed) is { IsLikely: true } memory)
        {
            report = report with { Causes = [.. memory.Causes(device.Name)], Helps = ["less at a time, or swap on the device; what it has now: ferry device check"] };
        }

        if (faults.LastOrDefault() is { } last)
        {
            var sysroot = new Lazy<Sysroot?>(() => look().Item2);
            // What the program caught first, and died of in its handler, is what happened.
            var first = faults[0] with { Files = last.Files };
            report = FaultReport.Added(report, first, last.Thread.Id, path => Here(path, packed, sysroot));
        }

        if (known is var (said, meaning, help))
        {
            report = report with { Causes = [.. report.Causes, said, meaning], Helps = help is null ? report.Helps : [.. report.Helps, help] };
        }

        return end.Signal is 4 or 7 or 11 ? report with { Notes = [.. report.Notes, .. Check(packed, look, isForStaticTarget)] } : report;
    }

    private static DeathReport ByCode(int code, PackedProgram packed, DeviceSummary device, Func<(DeviceRecord, Sysroot?)> look, bool isForStaticTarget, (string Words, string Meaning, string? Help)? known)
    {
        var report = new DeathReport { Title = $"'{packed.Program.Name}' ended with {code}, on device '{device.Name}'", IsError = false };
        if (known is var (said, meaning, help))
        {
            report = report with { Causes = [said, meaning], Helps = help is null ? [] : [help] };
        }
        else
        {
            var usual = code > Signals ? $"shells end with {code} when what they started was killed by {SignalNames.Of(code - Signals)}; of processes that a program starts nothing is seen here"
                : code == NotFound ? "shells end so when a program is not there, and loaders when a library is not" : "shells end so when a file cannot be executed";
            report = report with { Causes = [usual] };
        }

        if (code > Signals)
        {
            return report;
        }

        List<string> findings = [.. Check(packed, look, isForStaticTarget)];
        return report with { Notes = findings.Count > 0 ? findings : [$"the check finds nothing against it on '{device.Name}'"] };
    }

    private static IEnumerable<string> Check(PackedProgram packed, Func<(DeviceRecord Device, Sysroot? Sysroot)> look, bool isForStaticTarget)
    {
        var (record, sysroot) = look();
        return Fitness.Findings(packed, record, sysroot, isForStaticTarget).Select(finding => "the check says: " + finding.Message + (finding.Cause is { } cause ? "\n" + cause : ""));
    }

    /// <summary>The program and what went along with it by their names; all else by the device's own paths, of which the sysroot has copies.</summary>
    private static string? Here(string path, PackedProgram packed, Lazy<Sysroot?> sysroot)
    {
        var name = DevicePath.Name(path);
        return packed.Files.FirstOrDefault(file => file.Name == name)?.Source is { } own ? own
            : sysroot.Value is not { } libraries ? null
            : DevicePath.IsPlain(path) && libraries.PathOf(path) is var copy && File.Exists(copy) ? copy
            : libraries.FindLibrary(name);
    }
}
