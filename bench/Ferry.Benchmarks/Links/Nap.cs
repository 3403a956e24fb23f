using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Ferry.Benchmarks.Links;

/// <summary>Sleeps to a moment more exactly than Thread.Sleep, which knows only whole milliseconds, and without spinning: the rivals want the processor.</summary>
internal static partial class Nap
{
    public static void Until(long moment)
    {
        for (var rest = moment - Stopwatch.GetTimestamp(); rest > 0; rest = moment - Stopwatch.GetTimestamp())
        {
            var (seconds, ticks) = Math.DivRem(rest, Stopwatch.Frequency);
            _ = NanoSleep(new(seconds, ticks * 1_000_000_000 / Stopwatch.Frequency), 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int NanoSleep(in TimeSpec time, nint rest);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(nint Seconds, nint Nanoseconds)
    {
        public TimeSpec(long seconds, long nanoseconds) : this((nint)seconds, (nint)nanoseconds)
        {
        }
    }
}
