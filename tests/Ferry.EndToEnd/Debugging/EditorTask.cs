using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>A background task of tasks.json, run as VS Code runs it: its lines are looked at for the patterns of its problem matcher.</summary>
internal sealed partial class EditorTask : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process process;
    private readonly List<string> lines = [];
    private readonly JsonElement background;

    private EditorTask(Process process, JsonElement background)
    {
        (this.process, this.background) = (process, background);
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static EditorTask Start(JsonElement task, string folder, IReadOnlyDictionary<string, string?> variables)
    {
        task.GetProperty("type").GetString().ShouldBe("process");
        task.GetProperty("isBackground").GetBoolean().ShouldBeTrue();
        task.GetProperty("command").GetString().ShouldBe("ferry");
        return Start(task.GetProperty("args").EnumerateArray().Select(word => word.GetString()!), folder, variables, task.GetProperty("problemMatcher").GetProperty("background"));
    }

    /// <summary>What is typed in a terminal.</summary>
    public static EditorTask Start(IEnumerable<string> words, string folder, IReadOnlyDictionary<string, string?> variables, JsonElement background = default)
    {
        var start = new ProcessStartInfo(FerryTool.Path, words) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new EditorTask(Process.Start(start)!, background);
    }

    public int Id => process.Id;

    public StreamWriter Input => process.StandardInput;

    public string Text
    {
        get
        {
            lock (lines)
            {
                return string.Concat(lines.Select(line => line + "\n"));
            }
        }
    }

    /// <summary>As VS Code would: the last of both patterns that a line matches counts.</summary>
    public bool IsReady
    {
        get
        {
            background.GetProperty("activeOnStart").GetBoolean().ShouldBeTrue();
            lock (lines)
            {
                return lines.Select(line => Colours().Replace(line, "")).Aggregate(false, (ready, line) => Matches("endsPattern", line) || (ready && !Matches("beginsPattern", line)));
            }
        }
    }

    public void WaitUntilReady() => Waiting.Until(() => IsReady || process.HasExited, Patience, () => Text);

    public void WaitFor(string words, int times = 1) => Waiting.Until(() => Regex.Count(Text, Regex.Escape(words)) >= times || process.HasExited, Patience, () => Text);

    public int WaitForEnd()
    {
        process.WaitForExit(Patience).ShouldBeTrue(Text);
        process.WaitForExit(); // both streams to their ends
        return process.ExitCode;
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private bool Matches(string pattern, string line) => Regex.IsMatch(line, background.GetProperty(pattern).GetString()!, RegexOptions.ECMAScript);

    private void Hear(string? line)
    {
        lock (lines)
        {
            lines.AddRange(line is null ? [] : [line]);
        }
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m")]
    private static partial Regex Colours();
}
