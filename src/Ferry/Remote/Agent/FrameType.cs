namespace Ferry.Remote.Agent;

/// <summary>What a frame is about: docs/reference/agent-protocol.md. From 0x80 on it comes from the agent.</summary>
internal enum FrameType : byte
{
    Have = 0x01,
    Run = 0x02,
    Put = 0x03,
    PutData = 0x04,
    PutEnd = 0x05,
    Stdin = 0x06,
    StdinEnd = 0x07,
    CloseOutput = 0x08,
    Signal = 0x09,
    Window = 0x0A,
    Suspend = 0x0B,
    Resume = 0x0C,
    Patch = 0x0D,
    Ping = 0x40,
    Missing = 0x81,
    Stored = 0x82,
    Started = 0x83,
    Stdout = 0x84,
    Stderr = 0x85,
    Credit = 0x86,
    Stopped = 0x87,
    Continued = 0x88,
    Exit = 0x89,
    Error = 0x8A,
    Waiting = 0x94,
    Conditions = 0x95,
    TimedOut = 0x96,
}
