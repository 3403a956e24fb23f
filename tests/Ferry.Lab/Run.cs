using System.Diagnostics;

namespace Ferry.Lab;

/// <summary>Starts real processes for tests: always with a timeout, always with a log.</summary>
public static class Run
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(120);

    /// <summary>Runs a process to its end. An environment value of null removes the variable; stdin is empty unless given.</summary>
    public static RunResult Process(
        string file,
        IEnumerable<string> arguments,
        string? folder = null,
        IEnumerable<KeyValuePair<string, string?>>? environment = null,
        byte[]? input = null,
        TimeSpan? timeout = null)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        var line = string.Join(' ', [file, .. start.ArgumentList]);
        using var process = System.Diagnostics.Process.Start(start)!;
        var output = new MemoryStream();
        // Threads of their own: on a busy machine the pool's may come too late, and the output would look empty.
        var outputDone = OnOwnThread(() => process.StandardOutput.BaseStream.CopyTo(output));
        var errorsDone = OnOwnThread(process.StandardError.ReadToEnd);
        Feed(process, input);
        if (!process.WaitForExit(timeout ?? DefaultTimeout))
        {
            process.Kill(entireProcessTree: true);
            Task.WaitAll([outputDone, errorsDone], TimeSpan.FromSeconds(5));
            throw new TimeoutException("timed out: " + new RunResult(line, -1, output.ToArray(), errorsDone.IsCompleted ? errorsDone.Result : ""));
        }

        // A background process that holds the pipes (an ssh master, say) must not hold the test.
        Task.WaitAll([outputDone, errorsDone], TimeSpan.FromSeconds(10));
        return new RunResult(line, process.ExitCode, output.ToArray(), errorsDone.IsCompleted ? errorsDone.Result : "(stderr is still held open)");
    }

    private static Task OnOwnThread(Action read) =>
        Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static Task<string> OnOwnThread(Func<string> read) =>
        Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Feed(Process process, byte[]? input)
    {
        try
        {
            process.StandardInput.BaseStream.Write(input ?? []);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The process ended without reading its input, which is its right.
        }
    }
}
