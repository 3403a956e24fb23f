using System.Text;
using Ferry.Processes;
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
    public void RunAhead(RunRequest request, LocalStreams local)
    {
        var run = request.ToFrame(local.Input is not null);
        if (run.Length <= AheadAtMost && link.TrySendAhead(run))
        {
            asked = request;
        }
    }

    /// <summary>
    /// Runs a program to its end; what the device lacks of it is sent first, <paramref name="progress"/> hearing how many of how many bytes.
    /// Throws <see cref="FerryException"/> when the connection is lost, a file cannot be stored, or the program cannot be started.
    /// </summary>
    public ProgramEnd Run(RunRequest request, LocalStreams local, Action<long, long>? progress = null)
    {
        var run = request.ToFrame(local.Input is not null);
        link.Doing = $"starting '{request.Name}'";
        if (!ReferenceEquals(asked, request))
        {
            link.Send(run);
        }

        asked = null;
        var started = BringAndStart(request, run, progress);
        link.Doing = $"running '{request.Name}'";
        using var running = new RunningProgram(this, link, request, local);
        var end = running.ToTheEnd();
        if (request.Tree is { } tree)
        {
            tree.HearOfView(Encoding.UTF8.GetString(started.Payload.AsSpan(Math.Min(sizeof(uint), started.Payload.Length))), !end.IsSuccess);
            link.Doing = $"bringing back the results of '{request.Name}'";
            tree.Results.Fetch(link, tree.Id, running.Results);
        }

        return end;
    }

    /// <summary>Sends what the device says it lacks, until it starts the program.</summary>
    private Frame BringAndStart(RunRequest request, byte[] run, Action<long, long>? progress)
    {
        // What another run on the device changes in between may have to be brought again; but not forever.
        for (var round = 0; round < 10; round++)
        {
            var answer = Receive();
            switch (answer.Type)
            {
                case FrameType.Started:
                    return answer;
                case FrameType.Missing:
                    Upload.Send(link, Named(answer, request.Files), progress);
                    break;
                case FrameType.Wanted when request.Tree is { } tree:
                    TreeUpload.Send(link, tree, answer, progress);
                    break;
                default:
                    throw Nonsense(answer.Type);
            }

            link.Doing = $"starting '{request.Name}'";
            link.Send(run);
        }

        throw new FerryException("the device forgets what is sent to it", $"'{request.Name}' was brought ten times and is still not complete there", exit: ExitCode.DeviceUnreachable);
    }

    /// <summary>Which of the files the device lacks.</summary>
    public IReadOnlyList<ProgramFile> Missing(IReadOnlyList<ProgramFile> files)
    {
        link.Send(new FrameWriter(FrameType.Have).List(files, (frame, file) => file.Write(frame)).ToArray());
        return Named(Receive(FrameType.Missing), files);
    }

    /// <summary>Sends the files, whether the device has them or not.</summary>
    public void Put(IReadOnlyList<ProgramFile> files, Action<long, long>? progress = null) => Upload.Send(link, files, progress);

    /// <summary>Passes a signal (Linux' number) on to the program, its whole process group.</summary>
    public void Signal(int signal) => link.Send(new FrameWriter(FrameType.Signal).U32((uint)signal).ToArray());

    /// <summary>Tells the program's terminal that ours has another size.</summary>
    public void Resize(TerminalSize size) => link.Send(new FrameWriter(FrameType.Window).U16(size.Rows).U16(size.Columns).ToArray());

    /// <summary>Tells the agent that this process is about to be stopped and will send no heartbeats until <see cref="Resume"/>; returns when that is on its way.</summary>
    public void Suspend() => link.SendAndWait(FrameWriter.Of(FrameType.Suspend));

    /// <summary>The heartbeats are back.</summary>
    public void Resume() => link.Send(FrameWriter.Of(FrameType.Resume));

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
            _ => new FerryException("Ferry's agent on the device gave up", words, exit: ExitCode.DeviceUnreachable),
        };
    }

    internal static FerryException Nonsense(FrameType type) =>
        new("Ferry's agent on the device said something unexpected", $"frame 0x{(byte)type:x2}", exit: ExitCode.DeviceUnreachable);

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

    internal static List<ProgramFile> Named(Frame missing, IReadOnlyList<ProgramFile> files)
    {
        var named = new List<ProgramFile>();
        for (var at = 0; at + 32 <= missing.Payload.Length; at += 32)
        {
            var hash = missing.Payload.AsMemory(at, 32);
            named.AddRange(files.Where(file => file.Hash.SequenceEqual(hash.Span) && !named.Contains(file)));
        }

        return named;
    }
}
