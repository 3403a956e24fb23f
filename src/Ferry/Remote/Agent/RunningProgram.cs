namespace Ferry.Remote.Agent;

/// <summary>A program that the agent has started: its frames become output here, input here becomes its frames.</summary>
internal sealed class RunningProgram : IDisposable
{
    private const int DiskFull = unchecked((int)0x80070070); // Windows' ERROR_DISK_FULL

    private readonly AgentLink _link;
    private readonly LocalStreams _local;
    private readonly LocalConsole? _console;
    private readonly StdinPump? _input;
    private readonly bool _hasTerminal;
    private readonly string _name;
    private readonly HashSet<FrameType> _closed = [];
    private IOException? _failure;

    public RunningProgram(AgentSession session, AgentLink link, RunRequest request, LocalStreams local)
    {
        (_link, _local, _name, _hasTerminal) = (link, local, request.Name, request.Terminal is not null);
        _console = local.IsConsole ? new LocalConsole(session, local.Errors, _hasTerminal) : null;
        _input = local.Input is null ? null : StdinPump.Start(link, local.Input);
    }

    public ProgramEnd ToTheEnd()
    {
        while (true)
        {
            var frame = _link.Receive();
            switch (frame.Type)
            {
                case FrameType.Stdout:
                    Write(_local.Output, frame);
                    break;
                case FrameType.Stderr:
                    Write(_local.Errors, frame);
                    break;
                case FrameType.Credit:
                    _input?.Grant((int)frame.Fields().U32());
                    break;
                case FrameType.Stopped when _hasTerminal:
                    _console?.StopWithProgram();
                    break;
                case FrameType.Stopped or FrameType.Continued:
                    break; // as a program under cargo that stops itself: nobody else does
                case FrameType.Exit when _failure is not null:
                    throw new FerryException($"cannot write the output of '{_name}'", _failure.Message);
                case FrameType.Exit:
                    return End(frame.Fields());
                case FrameType.Error:
                    throw AgentSession.Refusal(frame);
                default:
                    throw AgentSession.Nonsense(frame.Type);
            }
        }
    }

    public void Dispose()
    {
        _input?.Stop();
        _console?.Dispose();
    }

    private static ProgramEnd End(FrameFields fields)
    {
        var (bySignal, value) = (fields.U8() == 1, fields.I32());
        return bySignal ? ProgramEnd.Killed(value, fields.U8() != 0) : ProgramEnd.Exited(value);
    }

    /// <summary>When nobody reads our output any more, the program's end of it is closed, too: it gets the SIGPIPE that is meant for it.</summary>
    private void Write(Stream stream, Frame frame)
    {
        if (_closed.Contains(frame.Type))
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
            const int NoSpace = 28;
            _failure ??= e.HResult == NoSpace || e.HResult == DiskFull ? e : null;
            _closed.Add(frame.Type);
            _link.Send(new FrameWriter(FrameType.CloseOutput).U8(frame.Type == FrameType.Stdout ? (byte)1 : (byte)2).ToArray());
        }
    }
}
