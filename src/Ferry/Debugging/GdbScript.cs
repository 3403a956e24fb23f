using System.Text;

namespace Ferry.Debugging;

/// <summary>What gdb is told, and its command line.</summary>
internal static class GdbScript
{
    /// <summary>std's function through which every panic goes that is not caught by its own hook.</summary>
    public const string PanicFunction = "rust_panic";

    /// <summary>
    /// Each question to gdbserver takes as long as the way there and back. Without these gdb asks 270 of them before a program's main; with them 70.
    /// </summary>
    public static readonly IReadOnlyList<string> OverTheWire =
    [
        // Ferry knows when the device has given up, and the device may have a program to receive first.
        "set remotetimeout 86400",
        // gdb reads the program's headers again at every library. What stands still does not change: by pages, and until main.
        "mem 0 0 rw cache",
        "set dcache line-size 4096",
        // Where libthread_db finds what, for thread-local variables alone: gdbserver sees threads without.
        "set remote symbol-lookup-packet off",
        // From version 10 on: whether it is the same program there, by reading it there. Ferry has sent it.
        "if $_gdb_major >= 10",
        "set exec-file-mismatch off",
        "end",
    ];

    public static IReadOnlyList<string> Line(DebugSetup setup, string script)
    {
        string[] directory = setup.Printers is { } folder ? ["-directory", folder] : [];
        return ["-q", "-iex", Printers(setup), .. directory, "-x", script, setup.Program];
    }

    /// <summary>What it must know before it hears of a program.</summary>
    public static IEnumerable<string> Settings(DebugSetup setup) => Folders(setup).Prepend(Printers(setup));

    public static IReadOnlyDictionary<string, string?> Variables(DebugSetup setup)
    {
        var before = Environment.GetEnvironmentVariable("PYTHONPATH");
        return setup.Printers is not { } folder ? new Dictionary<string, string?>()
            : new Dictionary<string, string?> { ["PYTHONPATH"] = string.IsNullOrEmpty(before) ? folder : before + Path.PathSeparator + folder };
    }

    /// <summary>gdb reads the rest of a line as one path, blanks and all.</summary>
    public static string Of(DebugSetup setup)
    {
        var script = new StringBuilder();
        void Say(string line) => script.Append(line).Append('\n');
        Say("set breakpoint pending on");
        foreach (var setting in Folders(setup))
        {
            Say(setting);
        }

        if (setup.Core is { } core)
        {
            Say($"core-file {core}");
        }
        else
        {
            Meet(setup, Say);
        }

        if (setup.Commands is { } commands)
        {
            Say($"source {commands}");
        }

        return script.ToString();
    }

    // Before the program is read, which names the printers in a section of its own.
    private static string Printers(DebugSetup setup) => setup.Printers is { } folder ? $"add-auto-load-safe-path {folder}" : "set auto-load python-scripts off";

    private static IEnumerable<string> Folders(DebugSetup setup)
    {
        yield return $"set sysroot {setup.Sysroot}";
        if (setup.LibraryFolders.Count > 0)
        {
            yield return $"set solib-search-path {string.Join(Path.PathSeparator, setup.LibraryFolders)}";
        }

        foreach (var (written, here) in setup.Sources)
        {
            yield return $"set substitute-path {Quoted(written)} {Quoted(here)}";
        }
    }

    /// <summary>Connects, and goes to where its user wants to begin.</summary>
    private static void Meet(DebugSetup setup, Action<string> say)
    {
        foreach (var place in setup.Breakpoints)
        {
            say($"break {place}");
        }

        if (setup.BreaksOnPanic)
        {
            say($"break {PanicFunction}");
        }

        if (setup.StopAt is { StartName: { } start })
        {
            say($"tbreak {start}");
        }

        // What breakpoints need of the program has been read by now, while the device is on its way.
        foreach (var setting in OverTheWire)
        {
            say(setting);
        }

        say($"target {(setup.CanStartAgain ? "extended-remote" : "remote")} {setup.Address}");
        if (!setup.IsAttached)
        {
            say("continue");
        }

        // The program's memory may be a device's registers: nothing there is read that nobody asked for, and each time anew.
        say("mem auto");
    }

    private static string Quoted(string path) => "\"" + path.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
