using System.Text;
using Ferry.Remote.Ssh;

namespace Ferry.Debugging;

/// <summary>
/// A script that starts gdb with what it must know before it hears of a program, for editors: they name one file, and the rest depends on the PC and the device.
/// </summary>
internal static class GdbStarter
{
    public static string Of(Debugger gdb, DebugSetup setup) => OperatingSystem.IsWindows() ? ForCmd(gdb, setup) : ForShell(gdb, setup);

    /// <summary>When there is no gdb that would do: whoever starts it reads why.</summary>
    public static string Missing(FerryException why) =>
        OperatingSystem.IsWindows() ? string.Concat(Lines(why).Select(line => $"@echo {line} 1>&2\r\n")) + "@exit /b 1\r\n"
        : "#!/bin/sh\n" + string.Concat(Lines(why).Select(line => $"echo {ShellQuote.Posix(line)} >&2\n")) + "exit 1\n";

    private static IEnumerable<string> Lines(FerryException why) => new[] { "error: " + why.Message, why.Cause, why.Help }.OfType<string>();

    private static IEnumerable<string> Words(DebugSetup setup)
    {
        yield return "-q";
        foreach (var command in GdbScript.Settings(setup))
        {
            yield return "-iex";
            yield return command;
        }

        if (setup.Printers is { } folder)
        {
            yield return "-directory";
            yield return folder;
        }
    }

    private static string ForShell(Debugger gdb, DebugSetup setup)
    {
        var script = new StringBuilder("#!/bin/sh\n# By ferry debug --serve.\n");
        if (setup.Printers is { } folder)
        {
            script.Append($"PYTHONPATH={ShellQuote.Posix(folder)}${{PYTHONPATH:+:$PYTHONPATH}}\nexport PYTHONPATH\n");
        }

        return script.Append($"exec {string.Join(' ', Words(setup).Prepend(gdb.Path).Select(ShellQuote.Posix))} \"$@\"\n").ToString();
    }

    private static string ForCmd(Debugger gdb, DebugSetup setup)
    {
        static string Quoted(string word) => "\"" + word.Replace("%", "%%", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
        var printers = setup.Printers is { } folder ? $"@set \"PYTHONPATH={folder.Replace("%", "%%", StringComparison.Ordinal)};%PYTHONPATH%\"\r\n" : "";
        return $"@rem By ferry debug --serve.\r\n{printers}@{string.Join(' ', Words(setup).Prepend(gdb.Path).Select(Quoted))} %*\r\n";
    }
}
