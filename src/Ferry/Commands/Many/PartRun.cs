using System.Diagnostics;
using System.Text;
using Ferry.Doors;
using Ferry.Processes;
using Ferry.Settings;
using Ferry.Terminal;
using Ferry.Toolchain;

namespace Ferry.Commands.Many;

/// <summary>
/// A test program on a device, called as cargo would call it: by the runner, in the package's folder. What it says is kept until it has ended, since a device that
/// vanishes leaves half of it.
/// </summary>
internal sealed class PartRun
{
    private readonly List<(bool IsError, byte[] Line)> said = [];

    private PartRun()
    {
    }

    public int Code { get; private set; }

    /// <summary>The exit code of what failed when it was Ferry that failed, and not a test.</summary>
    public int? Outcome { get; private set; }

    public TestCounts? Counts { get; private set; }

    public TimeSpan Time { get; private set; }

    public IEnumerable<string> Output => said.Where(line => !line.IsError).Select(line => Encoding.UTF8.GetString(line.Line).TrimEnd('\n'));

    public static PartRun Of(TestProgram program, IReadOnlyList<byte[]> words, CargoPlan plan, string runOptions, BuildMessages built, Interruption interruption)
    {
        var clock = Stopwatch.StartNew();
        var run = new PartRun();
        var outcome = Path.Combine(Path.GetTempPath(), $"ferry-outcome-{Environment.ProcessId}-{Path.GetRandomFileName()}");
        using var process = interruption.Start(new ChildLine(RunnerFile.Place(), [Encoding.UTF8.GetBytes(program.File), .. words])
        {
            Output = ChildStream.Pipe,
            Errors = ChildStream.Pipe,
            Folder = program.Package,
            Variables = new Dictionary<string, string?>
            {
                [RunOptions.Variable] = runOptions,
                [RunOutcome.Variable] = outcome,
                [ProgramSurroundings.LibraryVariable] = string.Join(Path.PathSeparator, built.LibraryFolders(program.File, plan.Rust, plan.Target.Value)),
                ["CARGO_MANIFEST_DIR"] = program.Package,
                ["CARGO_MANIFEST_PATH"] = Path.Combine(program.Package, "Cargo.toml"),
            },
        });
        var errors = Task.Factory.StartNew(() => LineReader.Read(process.Errors, line => run.Keep(isError: true, line)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        LineReader.Read(process.Output, line => run.Keep(isError: false, line));
        errors.Wait();
        run.Code = process.Wait().Code;
        interruption.Forget(process);
        run.Outcome = RunOutcome.Read(outcome);
        run.Time = clock.Elapsed;
        File.Delete(outcome);
        return run;
    }

    public void Show(DeviceLines lines)
    {
        foreach (var (isError, line) in said)
        {
            if (isError)
            {
                lines.Errors(line);
            }
            else
            {
                lines.Output(line);
            }
        }
    }

    public void ShowErrors(DeviceLines lines) => said.Where(line => line.IsError).ToList().ForEach(line => lines.Errors(line.Line));

    private void Keep(bool isError, ReadOnlyMemory<byte> line)
    {
        lock (said)
        {
            said.Add((isError, line.ToArray()));
            if (!isError && line.Span.StartsWith("test result: "u8) && TestCounts.Of(Encoding.UTF8.GetString(line.Span)) is { } more)
            {
                Counts = (Counts ?? default) + more;
            }
        }
    }
}
