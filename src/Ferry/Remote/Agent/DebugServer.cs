namespace Ferry.Remote.Agent;

/// <summary>The gdbserver that is to start a program on the device, or to attach itself to one.</summary>
/// <param name="IsSent">Whether it is the last of the run's files; else the device has one.</param>
/// <param name="Process">The process that it attaches itself to; 0 to start the program.</param>
internal sealed record DebugServer(bool IsSent, uint Process = 0)
{
    /// <summary>The frame's first fields; those of a run follow.</summary>
    public FrameWriter Begin() => new FrameWriter(FrameType.Debug).U8(IsSent ? (byte)1 : (byte)0).U32(Process);
}
