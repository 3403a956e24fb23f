using System.Text;

namespace Ferry.Remote.Agent;

/// <summary>The gdbserver that is to start a program on the device, or to attach itself to one.</summary>
/// <param name="IsSent">Whether it is the last of the run's files; else the device has one.</param>
/// <param name="Process">The process that it attaches itself to, by its number or its program's name; null to start the program.</param>
internal sealed record DebugServer(bool IsSent, string? Process)
{
    /// <summary>The frame's first fields; those of a run follow.</summary>
    public FrameWriter Begin() => new FrameWriter(FrameType.Debug).U8(IsSent ? (byte)1 : (byte)0).Bytes(Encoding.UTF8.GetBytes(Process ?? ""));
}
