namespace Ferry.Remote.Agent;

/// <summary>A program that the agent has started: its frames become output here, input here becomes its frames.</summary>
internal sealed class RunningProgram : IDisposable
{
    private const int MostLastWords = 4 << 10;
    private const int DiskFull = unchecked((int)0x80070070); // Windows' ERROR_DISK_FULL

    private readonly AgentLink link;
    private readonly LocalStreams local;
    private readonly LocalConsole? console;
    private readonly StdinPump? input;
    private readonly bool hasTerminal;
    private readonly string name;
    private readonly HashSet<FrameType> closed = [];
    private readonly RunNews? news;
    private readonly Wire? wire;
    private readonly LastBytes lastWords = new(MostLastWords);
    private readonly bool wordsOnOutput;
    private readonly List<byte[]> faults = [];
    private byte[]? killed;
    private IOException? failure;
    private bool timedOut;

    public RunningProgram(AgentSession session, AgentLink link, RunRequest request, LocalStreams local, RunNews? news, Wire? wire = null)
    {
        (this.link, this.local, this.news, this.wire, name, hasTerminal) = (link, local, news, wire, request.Name, request.Terminal is not null);
        // In a terminal both streams are one.
        wordsOnOutput = request.Terminal is not null && !request.StderrApart;
        console = local.IsConsole ? new LocalConsole(session, local.Errors, hasTerminal) : null;
        input = local.Input is null ? null : StdinPump.Start(link, local.Input);
    }

    /// <summary>What the agent said of files that the program left behind for this PC.</summary>
    public Frame? Results { get; private set; }

    public ProgramEnd ToTheEnd()
    {
        while (true)
        {
            var frame = link.Receive();
            switch (frame.Type)
            {
                case FrameType.Stdout:
                    Hear(frame, wordsOnOutput);
                    Write(local.Output, frame);
                    break;
                case FrameType.Stderr:
                    Hear(frame, !wordsOnOutput);
                    Write(local.Errors, frame);
                    break;
                case FrameType.FromWire or FrameType.ServerWords when wire is not null:
                    wire.Hear(frame);
                    break;
                case FrameType.Credit:
                    input?.Grant((int)frame.Fields().U32());
                    break;
                case FrameType.Stopped when hasTerminal:
                    console?.StopWithProgram();
                    break;
                case FrameType.Stopped or FrameType.Continued:
                    break; // as a program under cargo that stops itself: nobody else does
                case FrameType.TimedOut:
                    timedOut = true;
                    break;
                case FrameType.Conditions:
                    news?.Hear(frame);
                    break;
                case FrameType.Results:
                    Results = frame;
                    break;
                case FrameType.Fault:
                    faults.Add(frame.Payload);
                    break;
                case FrameType.Killed:
                    killed = frame.Payload;
                    break;
                case FrameType.Exit when failure is not null:
                    throw new FerryException($"cannot write the output of '{name}'", failure.Message);
                case FrameType.Exit:
                    return End(frame.Fields()) is var end && end.IsSuccess ? end with { TimedOut = timedOut } : end with { TimedOut = timedOut, Notes = Notes() };
                case FrameType.Error:
                    throw AgentSession.Refusal(frame);
                default:
                    throw AgentSession.Nonsense(frame.Type);
            }
        }
    }

    public void Dispose()
    {
        input?.Stop();
        console?.Dispose();
    }

    private void Hear(Frame frame, bool isWords)
    {
        if (isWords)
        {
            lastWords.Add(frame.Payload);
        }
    }

    private DeathNotes? Notes() => new DeathNotes(faults, killed, lastWords.ToArray()) is { IsEmpty: false } notes ? notes : null;

    private static ProgramEnd End(FrameFields fields)
    {
        var (how, value) = (fields.U8(), fields.I32());
        return how == 0 ? ProgramEnd.Exited(value) : how == 1 ? ProgramEnd.Killed(value, fields.U8() != 0) : ProgramEnd.NotSeen;
    }

    /// <summary>When nobody reads our output any more, the program's end of it is closed, too: it gets the SIGPIPE that is meant for it.</summary>
    private void Write(Stream stream, Frame frame)
    {
        if (closed.Contains(frame.Type))
        {
            return;
        }

        try
        {
            stream.Write(frame.Payload);
            stream.Flush();
        }
        catch (IOException e)
        {
            // A reader that has gone is no failure; a full disk is, and the user's.
            failure ??= e.HResult == AgentSession.NoSpace || e.HResult == DiskFull ? e : null;
            closed.Add(frame.Type);
            link.Send(new FrameWriter(FrameType.CloseOutput).U8(frame.Type == FrameType.Stdout ? (byte)1 : (byte)2).ToArray());
        }
    }
}
