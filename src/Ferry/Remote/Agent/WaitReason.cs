namespace Ferry.Remote.Agent;

/// <summary>Why the device is not free: docs/reference/agent-protocol.md.</summary>
internal enum WaitReason : byte
{
    /// <summary>A benchmark is being measured.</summary>
    Measured = 1,

    /// <summary>A benchmark waits until it can be measured, and is next.</summary>
    Next = 2,

    /// <summary>We want to measure, and other programs run.</summary>
    OthersRun = 3,
}
