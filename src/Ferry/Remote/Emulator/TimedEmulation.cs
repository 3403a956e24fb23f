using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Ferry.Processes;

namespace Ferry.Remote.Emulator;

/// <summary>
/// A program in the emulator that may run for a certain time only. Ferry stays beside it, in the same process group (a terminal's keys are the program's),
/// and ends it with all that it started when the time is over.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class TimedEmulation
{
    private const int AdoptOrphans = 36; // PR_SET_CHILD_SUBREAPER
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Null when the program was still running after <paramref name="limit"/>, and was killed.</summary>
    public static ProcessEnd? Run(string file, IReadOnlyList<byte[]> arguments, TimeSpan limit)
    {
        _ = Libc.ProcessControl(AdoptOrphans, 1, 0, 0, 0);
        var listeners = new List<PosixSignalRegistration>();
        try
        {
            // What a terminal sends has reached the program as well; what was sent to us alone has not.
            listeners.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true));
            listeners.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context => context.Cancel = true));
            using var program = SessionProcess.Start(new ChildLine(file, arguments) { Input = ChildStream.Inherit, OwnSession = false });
            listeners.Add(Pass(PosixSignal.SIGTERM, LinuxSignal.Terminate, program));
            listeners.Add(Pass(PosixSignal.SIGHUP, LinuxSignal.HangUp, program));
            if (EndsWithin(limit, program))
            {
                return program.Wait();
            }

            Signal(LinuxSignal.Terminate);
            Signal(LinuxSignal.Continue);
            _ = EndsWithin(Grace, program);
            Signal(LinuxSignal.Kill);
            program.Wait();
            Signal(LinuxSignal.Kill); // what it left behind is ours now
            return null;
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    private static PosixSignalRegistration Pass(PosixSignal signal, int number, SessionProcess program) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        program.Kill(number);
    });

    /// <summary>Counts ticks, not the clock: while all of us are stopped (Ctrl-Z), no time passes.</summary>
    private static bool EndsWithin(TimeSpan limit, SessionProcess program)
    {
        for (var passed = TimeSpan.Zero; passed < limit; passed += Tick)
        {
            if (program.Wait(limit - passed < Tick ? limit - passed : Tick))
            {
                return true;
            }
        }

        return false;
    }

    private static void Signal(int signal)
    {
        foreach (var id in Descendants())
        {
            _ = Libc.Kill(id, signal);
        }
    }

    /// <summary>All processes below this one: proc(5), stat: "pid (name) state ppid …".</summary>
    private static List<int> Descendants()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && ParentOf(folder) is { } parent)
            {
                parents[id] = parent;
            }
        }

        var found = new List<int> { Environment.ProcessId };
        for (var at = 0; at < found.Count; at++)
        {
            foreach (var (id, parent) in parents)
            {
                if (parent == found[at])
                {
                    found.Add(id);
                }
            }
        }

        return found[1..];
    }

    private static int? ParentOf(string process)
    {
        try
        {
            var stat = Encoding.Latin1.GetString(File.ReadAllBytes(process + "/stat"));
            var words = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return int.Parse(words[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended meanwhile
        }
    }
}
