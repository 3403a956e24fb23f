using System.Text;
using Ferry.Processes;
using Ferry.Remote.Housekeeping;
using Ferry.Remote.Trees;

namespace Ferry.Remote.Agent;

/// <summary>
/// A conversation with an agent that runs on a device, over any pair of streams: sends what is missing there, runs programs, and stands
/// between a program and this PC's streams, signals and terminal. docs/reference/agent-protocol.md.
/// </summary>
internal sealed class AgentSession(Stream toAgent, Stream fromAgent, Action? cut = null, TimeSpan? silence = null) : IDisposable
{
    /// <summary>ENOSPC, on Linux and macOS.</summary>
    internal const int NoSpace = 28;

    private const string ProtocolVersion = "1";

    /// <summary>What a pipe holds on every system that Ferry runs on: so much can be written though nobody may ever read it.</summary>
    private const int AheadAtMost = 4096;

    /// <summary>What was sent may be cleared away there at once, by somebody else; that is not answered for ever.</summary>
    private const int MostTries = 10;

    private readonly AgentLink link = new(toAgent, fromAgent, cut, silence);
    private RunRequest? asked;

    /// <summary>The build that the agent says it is: <see cref="AgentSource.Build"/>.</summary>
    public string Build { get; private set; } = "";

    /// <summary>What came instead of, or before, the greeting: the shell's words, for the message that there is no agent.</summary>
    public string Chatter => link.Chatter;

    /// <summary>Waits for the agent's greeting. False when the stream ends without one, or another protocol is spoken: the agent is to be brought.</summary>
    public bool Greet()
    {
        if (link.ReadGreeting() is not [ProtocolVersion, var build, ..])
        {
            return false;
        }

        Build = build;
        return true;
    }

    /// <summary>
    /// Asks for a run before the agent has greeted; <see cref="Run"/> then takes the answer. Nothing is lost when there is no agent: the question
    /// is data on the stdin of a command that reads none.
    /// </summary>
    /// <param name="request">What to run.</param>
    /// <param name="local">Where its streams end here.</param>
    /// <param name="wake">Whether the agent stands by, and greets when it hears something.</param>
    public void RunAhead(RunRequest request, LocalStreams local, bool wake = false)
    {
        var run = request.ToFrame(local.Input is not null);
        if (run.Length <= AheadAtMost)
        {
            asked = link.TrySendAhead(run) ? request : null;
        }
        else if (wake)
        {
            link.TrySendAhead(FrameWriter.Of(FrameType.Ping));
        }
    }

    /// <summary>
    /// Runs a program to its end; what the device lacks of it is sent first, <paramref name="progress"/> hearing how many of how many bytes have arrived.
    /// Throws <see cref="FerryException"/> when the connection is lost, a file cannot be stored, or the program cannot be started.
    /// </summary>
    public ProgramEnd Run(RunRequest request, LocalStreams local, Action<long, long>? progress = null, RunNews? news = null, Wire? wire = null)
    {
        var run = request.ToFrame(local.Input is not null);
        link.Doing = $"starting '{request.Name}'";
        if (!ReferenceEquals(asked, request))
        {
            link.Send(run);
        }

        asked = null;
        var started = BringAndStart(request, run, progress, news, wire);
        link.Doing = $"running '{request.Name}'";
        wire?.Begin(link, WordsOf(started));
        using var running = new RunningProgram(this, link, request, local, news, wire);
        var end = running.ToTheEnd();
        if (request.Tree is { } tree)
        {
            tree.HearOfView(WordsOf(started), !end.IsSuccess);
            link.Doing = $"bringing back the results of '{request.Name}'";
            tree.Results.Fetch(link, tree.Id, running.Results);
        }

        return end;
    }

    private static string WordsOf(Frame started) => Encoding.UTF8.GetString(started.Payload.AsSpan(Math.Min(sizeof(uint), started.Payload.Length)));

    /// <summary>Sends what the device says it lacks, until it starts the program.</summary>
    private Frame BringAndStart(RunRequest request, byte[] run, Action<long, long>? progress, RunNews? news, Wire? wire)
    {
        // What another run on the device changes in between may have to be brought again; but not forever.
        for (var round = 0; round < MostTries; round++)
        {
            List<Lack> lacking = [];
            var answer = Receive(news, wire);
            switch (answer.Type)
            {
                case FrameType.Started:
                    return answer;
                case FrameType.Missing:
                    lacking = Lack.Read(answer, request.Files);
                    Upload.Send(link, lacking, progress);
                    break;
                case FrameType.Wanted when request.Tree is { } tree:
                    TreeUpload.Send(link, tree, answer, progress);
                    break;
                default:
                    throw Nonsense(answer.Type);
            }

            link.Doing = $"starting '{request.Name}'";
            link.Send(run);
            Upload.Remember(lacking.Select(lack => lack.File));
        }

        throw Vanished(request.Name);
    }

    /// <summary>Which of the files the device lacks.</summary>
    public IReadOnlyList<ProgramFile> Missing(IReadOnlyList<ProgramFile> files)
    {
        link.Send(new FrameWriter(FrameType.Have).List(files, (frame, file) => file.Write(frame)).ToArray());
        return [.. Lack.Read(Receive(FrameType.Missing), files).Select(lack => lack.File)];
    }

    /// <summary>Sends the files, whether the device has them or not.</summary>
    public void Put(IReadOnlyList<ProgramFile> files, Action<long, long>? progress = null)
    {
        Upload.Send(link, [.. files.Select(file => new Lack(file, 0))], progress);
        Upload.Remember(files);
    }

    /// <summary>Has the agent remove what nobody has used for so long, or only say what that would be.</summary>
    public DeviceShelf Clean(TimeSpan unused, bool dryRun)
    {
        link.Doing = "cleaning up there";
        link.Send(new FrameWriter(FrameType.Clean).U8(dryRun ? (byte)1 : (byte)0).U64((ulong)unused.TotalSeconds).ToArray());
        return DeviceShelf.Read(Receive(FrameType.Kept));
    }

    /// <summary>Passes a signal (Linux' number) on to the program, its whole process group.</summary>
    public void Signal(int signal) => link.Send(new FrameWriter(FrameType.Signal).U32((uint)signal).ToArray());

    /// <summary>Tells the program's terminal that ours has another size.</summary>
    public void Resize(TerminalSize size) => link.Send(new FrameWriter(FrameType.Window).U16(size.Rows).U16(size.Columns).ToArray());

    /// <summary>Tells the agent that this process is about to be stopped and will send no heartbeats until <see cref="Resume"/>; returns when that is on its way.</summary>
    public void Suspend() => link.SendAndWait(FrameWriter.Of(FrameType.Suspend));

    /// <summary>The heartbeats are back.</summary>
    public void Resume() => link.Send(FrameWriter.Of(FrameType.Resume));

    /// <summary>Leaves the agent to the next client. False when it cannot be left in good order; nothing may be asked afterwards.</summary>
    public bool TryLeave() => link.TrySendLast(FrameWriter.Of(FrameType.Rest), TimeSpan.FromMilliseconds(200));

    public void Dispose() => link.Dispose();

    /// <summary>The agent's error frame, as the exception that the user sees.</summary>
    internal static FerryException Refusal(Frame frame)
    {
        var fields = frame.Fields();
        var (part, errno) = (fields.U8(), fields.I32());
        var words = Encoding.UTF8.GetString(fields.Rest);
        return (part, errno) switch
        {
            (2, NoSpace) => new FerryException("the device is full", words, "make room there, or give Ferry another folder on the device", ExitCode.DeviceUnreachable),
            (2, _) => new FerryException("the device did not store what was sent", words, exit: ExitCode.DeviceUnreachable),
            (3, _) => new FerryException("the device did not start the program", words, exit: ExitCode.DeviceUnreachable),
            (4, _) => new FerryException("lost the program on the device", words, exit: ExitCode.DeviceUnreachable),
            (5, _) => new FerryException("the device cannot debug it", words, words == "there is no gdbserver" ? "install it: ferry device install gdbserver NAME; or send one along: --gdbserver FILE" : null, ExitCode.DeviceUnreachable),
            _ => new FerryException("Ferry's agent on the device gave up", words, exit: ExitCode.DeviceUnreachable),
        };
    }

    internal static FerryException Nonsense(FrameType type) =>
        new("Ferry's agent on the device said something unexpected", $"frame 0x{(byte)type:x2}", exit: ExitCode.DeviceUnreachable);

    private static FerryException Vanished(string name) =>
        new($"the device did not keep '{name}'", "what was sent is gone before it was started", exit: ExitCode.DeviceUnreachable);

    /// <summary>The next frame that is an answer.</summary>
    private Frame Receive(RunNews? news, Wire? wire)
    {
        while (true)
        {
            var frame = Receive();
            if (frame.Type == FrameType.ServerWords && wire is not null)
            {
                wire.Hear(frame);
                continue;
            }

            if (frame.Type is not (FrameType.Waiting or FrameType.Conditions))
            {
                return frame;
            }

            if (frame.Type == FrameType.Waiting)
            {
                link.Doing = "waiting for the device";
            }

            news?.Hear(frame);
        }
    }

    private Frame Receive()
    {
        var frame = link.Receive();
        return frame.Type == FrameType.Error ? throw Refusal(frame) : frame;
    }

    private Frame Receive(FrameType type)
    {
        var frame = Receive();
        return frame.Type == type ? frame : throw Nonsense(frame.Type);
    }
}
