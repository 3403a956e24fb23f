using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ferry.Benchmarks;

/// <summary>A command line with what it needs around it. It has to succeed: whoever measures failures measures nothing.</summary>
public sealed record Command(params string[] Line)
{
    public string? Folder { get; init; }

    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? InputFile { get; init; }

    /// <summary>Words on stdout that are waited for: the first byte is the one behind them. Null for the very first.</summary>
    public string? Until { get; init; }

    /// <summary>What takes longer hangs. A build on a busy machine may.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>GNU time, which knows the peak of a process's memory: it stands before each rival alike.</summary>
    public Timed Measure()
    {
        var note = Path.GetTempFileName();
        try
        {
            var timed = (this with { Line = ["/usr/bin/time", "-o", note, "-f", "%M", .. Line] }).Run();
            return timed with { Memory = double.Parse(File.ReadLines(note).Last(), CultureInfo.InvariantCulture) };
        }
        finally
        {
            File.Delete(note);
        }
    }

    public Timed Run()
    {
        var start = new ProcessStartInfo(Line[0], Line[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder ?? "",
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        using var limit = new Timer(_ => process.Kill(entireProcessTree: true), null, Longest, Timeout.InfiniteTimeSpan);
        // A master that a command starts may keep stderr open: it is not waited for.
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.Append(line.Data).Append('\n');
        process.BeginErrorReadLine();
        Feed(process);
        var output = process.StandardOutput.BaseStream;
        var all = new MemoryStream();
        var firstByte = ReadUntil(output, all) ? clock.Elapsed : (TimeSpan?)null;
        output.CopyTo(all);
        process.WaitForExit();
        var whole = clock.Elapsed;
        return process.ExitCode == 0
            ? new(firstByte ?? whole, whole, 0, Encoding.UTF8.GetString(all.ToArray()), errors.ToString())
            : throw new BenchException($"'{string.Join(' ', Line)}' ended with {process.ExitCode}\n{errors}{Encoding.UTF8.GetString(all.ToArray())}");
    }

    /// <summary>False when the output ends before.</summary>
    private bool ReadUntil(Stream output, MemoryStream all)
    {
        var words = Encoding.UTF8.GetBytes(Until ?? "");
        for (var buffer = new byte[4096]; output.Read(buffer, 0, Until is null ? 1 : buffer.Length) is var count and > 0;)
        {
            all.Write(buffer, 0, count);
            if (all.GetBuffer().AsSpan(0, (int)all.Length).IndexOf(words) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Feed(Process process)
    {
        try
        {
            if (InputFile is not null)
            {
                using var input = File.OpenRead(InputFile);
                input.CopyTo(process.StandardInput.BaseStream);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it; its exit code says whether that was right.
        }
    }
}
