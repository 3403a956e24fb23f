using System.Text;

namespace Ferry.Debugging;

/// <summary>What lldb is told. What goes without saying stands in a script that it reads in silence; what its user wants to see is on its command line.</summary>
internal static class LldbScript
{
    public static IReadOnlyList<string> Line(DebugSetup setup, string script) =>
        ["-Q", .. Shown(setup).Prepend($"command source -s 1 {Quoted(script)}").SelectMany(command => new[] { "-o", command })];

    public static string Of(DebugSetup setup)
    {
        var script = new StringBuilder(Target(setup));
        void Say(string line) => script.Append(line).Append('\n');
        if (setup.Core is null)
        {
            if (setup.StopAt is { StartSymbol: { } start })
            {
                Say($"breakpoint set --one-shot true --name {start}");
            }

            // Until the loader has done its work there is nothing to see but its instructions.
            Say("settings set stop-disassembly-display never");
        }

        return script.ToString();
    }

    /// <summary>What makes the target, and nothing of a process yet.</summary>
    public static string Target(DebugSetup setup)
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
        // It may be asked to connect before the device is ready. How long that takes, Ferry knows, and ends what has no hope.
        Say("settings set plugin.process.gdb-remote.packet-timeout 86400");
        Say($"platform select remote-linux --sysroot {Quoted(setup.Sysroot)}");
        foreach (var libraries in setup.LibraryFolders)
        {
            Say($"settings append target.exec-search-paths {Quoted(libraries)}");
        }

        if (setup.Sources.Count > 0)
        {
            Say("settings set target.source-map " + string.Join(' ', setup.Sources.Select(pair => $"{Quoted(pair.Written)} {Quoted(pair.Here)}")));
        }

        if (setup.Core is null)
        {
            Say($"target create {Quoted(setup.Program)}");
        }

        return script.ToString();
    }

    private static IEnumerable<string> Shown(DebugSetup setup)
    {
        if (setup.Core is { } core)
        {
            yield return $"target create --core {Quoted(core)} {Quoted(setup.Program)}";
        }
        else
        {
            foreach (var place in setup.Breakpoints)
            {
                yield return $"breakpoint set {Place(place)}";
            }

            if (setup.BreaksOnPanic)
            {
                yield return $"breakpoint set --name {GdbScript.PanicFunction}";
            }

            yield return $"process connect --plugin gdb-remote {Url(setup.Address)}";
            yield return "settings set stop-disassembly-display no-debuginfo";
            if (!setup.IsAttached)
            {
                yield return "process continue";
            }
        }

        if (setup.Commands is { } commands)
        {
            yield return $"command source {Quoted(commands)}";
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
