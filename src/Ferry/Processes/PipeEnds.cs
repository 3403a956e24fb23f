using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Processes;

/// <summary>
/// A pipe to a child: our end as a stream, and the child's. Both are close-on-exec from the start, so no other child inherits them. Not .NET's anonymous
/// pipe, whose Dispose waits for a read that is under way: a stranger who holds the other end would then hold us.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PipeEnds : IDisposable
{
    private readonly SafeFileHandle childs;

    public PipeEnds(bool weWrite)
    {
        var (reading, writing) = NewPipe();
        var ours = new SafeFileHandle(weWrite ? writing : reading, ownsHandle: true);
        childs = new SafeFileHandle(weWrite ? reading : writing, ownsHandle: true);
        Ours = new FileStream(ours, weWrite ? FileAccess.Write : FileAccess.Read, bufferSize: 0);
    }

    public FileStream Ours { get; }

    public int Childs => (int)childs.DangerousGetHandle();

    /// <summary>Once the child has its copy: or we would never see the end of file.</summary>
    public void CloseChilds() => childs.Dispose();

    public void Dispose()
    {
        childs.Dispose();
        Ours.Dispose();
    }

    /// <summary>Two new descriptors, close-on-exec: in one step on Linux; macOS has no pipe2.</summary>
    private static unsafe (int Reading, int Writing) NewPipe()
    {
        const int CloseOnExec = 0x80000;
        const uint SetCloseOnExec = 0x20006601;
        var ends = stackalloc int[2];
        if ((OperatingSystem.IsMacOS() ? Libc.Pipe(ends) : Libc.Pipe2(ends, CloseOnExec)) != 0)
        {
            throw new IOException("pipe: " + Marshal.GetLastPInvokeErrorMessage());
        }

        if (OperatingSystem.IsMacOS())
        {
            _ = Libc.Ioctl(ends[0], SetCloseOnExec);
            _ = Libc.Ioctl(ends[1], SetCloseOnExec);
        }

        return (ends[0], ends[1]);
    }
}
