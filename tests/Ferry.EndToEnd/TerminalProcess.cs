using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ferry.Lab;

namespace Ferry.EndToEnd;

/// <summary>A Ferry in a terminal of its own, as long as the test wants it: what it says is waited for, keys are typed.</summary>
public sealed class TerminalProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Thread reader;

    public TerminalProcess(FerryTool ferry, string folder, params string[] arguments)
        : this(ferry, folder, string.Join(' ', arguments.Prepend(FerryTool.Path).Select(word => $"'{word}'")))
    {
    }

    private TerminalProcess(FerryTool ferry, string folder, string line)
    {
        var start = new ProcessStartInfo("script", ["-qec", line, "/dev/null"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in ferry.Variables())
        {
            start.Environment[name] = value;
        }

        (start.Environment["NO_COLOR"], start.Environment["CARGO_TERM_COLOR"], start.Environment["TERM"]) = ("1", "never", "xterm");
        process = Process.Start(start)!;
        reader = new Thread(Read) { IsBackground = true };
        reader.Start();
    }

    /// <summary>Another program than Ferry: a shell, or whatever a terminal is held open by.</summary>
    public static TerminalProcess Of(FerryTool ferry, string folder, string line) => new(ferry, folder, line);

    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    public int Count(string pattern) => Regex.Count(Output, pattern, RegexOptions.Multiline, TimeSpan.FromSeconds(5));

    /// <summary>Waits until so many places of the output match.</summary>
    public void WaitFor(string pattern, int count = 1) =>
        Waiting.Until(() => Count(pattern) >= count || (process.HasExited && !reader.IsAlive), Patience, () => $"'{pattern}' did not come {count} times:\n{Output}");

    public void Type(string keys)
    {
        process.StandardInput.Write(keys);
        process.StandardInput.Flush();
    }

    /// <summary>Waits for the end, and gives the exit code.</summary>
    public int End()
    {
        if (!process.WaitForExit(Patience))
        {
            throw new TimeoutException("it does not end:\n" + Output);
        }

        reader.Join(TimeSpan.FromSeconds(5));
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    private void Read()
    {
        var letters = new char[4096];
        while (process.StandardOutput.Read(letters) is var count and > 0)
        {
            lock (output)
            {
                output.Append(new string(letters, 0, count).Replace("\r", ""));
            }
        }
    }
}
