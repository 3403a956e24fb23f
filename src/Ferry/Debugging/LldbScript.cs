using System.Text;

namespace Ferry.Debugging;

/// <summary>What lldb is told, and its command line.</summary>
internal static class LldbScript
{
    public static IReadOnlyList<string> Line(string script) => ["--source", script];

    public static string Of(DebugSetup setup)
    {
        var script = new StringBuilder();
        void Say(string line) => script.Append(line).Append('\n');
        if (setup.Printers is { } folder)
        {
            Say($"command script import {Quoted(Path.Combine(folder, "lldb_lookup.py"))}");
            Say($"command source -s 1 {Quoted(Path.Combine(folder, "lldb_commands"))}");
        }

        // gdbserver's list names the program's own link map first, which lldb takes for the loader's r_debug: no library would ever be seen.
        Say("settings set plugin.process.gdb-remote.use-libraries-svr4 false");
        Say($"platform select remote-linux --sysroot {Quoted(setup.Sysroot)}");
        foreach (var libraries in setup.LibraryFolders)
        {
            Say($"settings append target.exec-search-paths {Quoted(libraries)}");
        }

        if (setup.Sources.Count > 0)
        {
            Say("settings set target.source-map " + string.Join(' ', setup.Sources.Select(pair => $"{Quoted(pair.Written)} {Quoted(pair.Here)}")));
        }

        if (setup.Core is { } core)
        {
            Say($"target create --core {Quoted(core)} {Quoted(setup.Program)}");
        }
        else
        {
            Meet(setup, Say);
        }

        if (setup.Commands is { } commands)
        {
            Say($"command source {Quoted(commands)}");
        }

        return script.ToString();
    }

    /// <summary>Connects, and goes to where its user wants to begin.</summary>
    private static void Meet(DebugSetup setup, Action<string> say)
    {
        say($"target create {Quoted(setup.Program)}");
        foreach (var place in setup.Breakpoints)
        {
            say($"breakpoint set {Place(place)}");
        }

        if (setup.BreaksOnPanic)
        {
            say($"breakpoint set --name {GdbScript.PanicFunction}");
        }

        if (setup.StopAt is { StartSymbol: { } start })
        {
            say($"breakpoint set --one-shot true --name {start}");
        }

        say($"process connect --plugin gdb-remote {Url(setup.Address)}");
        if (!setup.IsAttached)
        {
            say("process continue");
        }
    }

    /// <summary>gdb's way to say it, which is the user's: FILE:LINE, *ADDRESS, or a function.</summary>
    internal static string Place(string place)
    {
        var colon = place.LastIndexOf(':');
        return colon > 0 && colon + 1 < place.Length && place[(colon + 1)..].All(char.IsAsciiDigit) ? $"--file {Quoted(place[..colon])} --line {place[(colon + 1)..]}"
            : place.StartsWith('*') ? $"--address {place[1..]}"
            : $"--name {Quoted(place)}";
    }

    private static string Url(string address) => address.StartsWith('/') ? "unix-connect://" + address : "connect://" + address;

    private static string Quoted(string text) => "\"" + text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
