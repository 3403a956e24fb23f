using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ferry.Commands.Watching;
using Ferry.Debugging;
using Ferry.Processes;
using Ferry.Terminal;

namespace Ferry.Commands.Debugging;

/// <summary>
/// <c>--keep</c>: a Ferry of its own for each session. When one has ended, the next is built; while one waits for its debugger, a change of the sources begins it
/// anew, so that what a debugger finds is what the sources say.
/// </summary>
internal sealed class ServeAgain : IDisposable
{
    /// <summary>Names a file that is there once a debugger has come.</summary>
    private const string Variable = "FERRY_DEBUGGER_HAS_COME";

    private readonly CargoPlan plan;
    private readonly string port;
    private readonly Interruption interruption = new();
    private readonly ChangeAlarm alarm = new(poll: false);
    private readonly string folder = Directory.CreateTempSubdirectory("ferry-debug-").FullName;
    private WatchedSources? sources;
    private FileStates? states;

    public ServeAgain(CargoPlan plan, int port)
    {
        this.plan = plan;
        this.port = (port == 0 ? FreePort() : port).ToString(CultureInfo.InvariantCulture);
    }

    private string HasCome => Path.Combine(folder, "come");

    /// <summary>In a session's own process: lets the one that has started it know when the debugger comes.</summary>
    public static void Watch(ServePort port)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } file)
        {
            port.WhenTaken(() => File.WriteAllText(file, ""));
        }
    }

    public int Run()
    {
        try
        {
            while (true)
            {
                File.Delete(HasCome);
                Look();
                if (!Session())
                {
                    Status.Say("Waiting", "for a change");
                    WaitForChange(interruption.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            return interruption.ExitCode;
        }
    }

    public void Dispose()
    {
        alarm.Dispose();
        interruption.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>False when it came to none: what could not be built, or sent, need not be tried again at once.</summary>
    private bool Session()
    {
        using var session = interruption.Start(Line());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token);
        _ = session.End.ContinueWith(_ => Quietly(over.Cancel), TaskScheduler.Default);
        var changed = false;
        try
        {
            while (!changed)
            {
                WaitForChange(over.Token);
                changed = !File.Exists(HasCome);
            }

            session.Kill(LinuxSignal.Terminate);
        }
        catch (OperationCanceledException)
        {
            // It has ended, or we are to.
        }

        session.Wait();
        interruption.Forget(session);
        interruption.Token.ThrowIfCancellationRequested();
        return changed || File.Exists(HasCome);
    }

    /// <summary>What was typed, but for this. In our session: its terminal is the program's.</summary>
    private ChildLine Line()
    {
        var typed = RawArguments.All().Skip(1).ToList();
        var end = typed.FindIndex(word => word.AsSpan().SequenceEqual("--"u8));
        var own = (end < 0 ? typed : typed[..end]).Select(RawArguments.Text).ToArray();
        var words = DebugCommand.WithWhatIsLeftOut([.. own.Where(word => word != "--keep")]).ToList();
        var at = words.FindIndex(word => word.StartsWith("--serve", StringComparison.Ordinal));
        words.RemoveRange(at, words[at] == "--serve" ? 2 : 1);
        words.Add("--serve=" + port);
        return new ChildLine(Environment.ProcessPath!, [.. words.Select(RawArguments.Bytes), .. end < 0 ? [] : typed[end..]])
        {
            Input = ChildStream.Inherit,
            OwnSession = false,
            Variables = new Dictionary<string, string?> { [Variable] = HasCome },
        };
    }

    private void Look()
    {
        sources = WatchedSources.Of(plan, sources);
        sources.Refresh();
        var files = sources.Files();
        states = FileStates.Take(files, states);
        alarm.Cover(sources.Folders, files.Select(file => Path.GetDirectoryName(file)!));
    }

    private void WaitForChange(CancellationToken end)
    {
        while (true)
        {
            alarm.Wait(end);
            var changes = FileStates.Take(sources!.Files(), states).ChangesSince(states!).Where(file => !sources.IsWrittenByCargo(file)).ToList();
            if (changes.Count > 0)
            {
                Status.Say("Changed", string.Join(", ", changes.Take(3).Select(file => Path.GetRelativePath(Environment.CurrentDirectory, file))));
                return;
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Quietly(Action act)
    {
        try
        {
            act();
        }
        catch (ObjectDisposedException)
        {
            // We do not wait any more.
        }
    }
}
