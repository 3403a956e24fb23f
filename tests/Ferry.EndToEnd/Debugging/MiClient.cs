using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>gdb's machine interface, as Microsoft's C/C++ extension speaks it.</summary>
internal sealed class MiClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process gdb;
    private readonly StringBuilder text = new();
    private int asked;

    public MiClient(string path)
    {
        gdb = Process.Start(new ProcessStartInfo(path, ["--interpreter=mi"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        gdb.OutputDataReceived += (_, line) => Hear(line.Data);
        gdb.ErrorDataReceived += (_, line) => Hear(line.Data);
        gdb.BeginOutputReadLine();
        gdb.BeginErrorReadLine();
    }

    public string Text
    {
        get
        {
            lock (text)
            {
                return text.ToString();
            }
        }
    }

    /// <summary>Each must be answered, and not with an error.</summary>
    public void Ask(string command)
    {
        gdb.StandardInput.WriteLine($"{++asked}{command}");
        gdb.StandardInput.Flush();
        Waiting.Until(() => Regex.IsMatch(Text, $@"(?m)^{asked}\^"), Patience, () => Text);
        Text.ShouldNotMatch(@"(?m)^\d+\^error");
    }

    public void WaitFor(string record, int times) => Waiting.Until(() => Regex.Count(Text, Regex.Escape(record)) >= times, Patience, () => Text);

    public void Dispose()
    {
        gdb.Kill(entireProcessTree: true);
        gdb.Dispose();
    }

    private void Hear(string? line)
    {
        lock (text)
        {
            text.Append(line).Append('\n');
        }
    }
}
