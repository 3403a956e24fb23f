using System.Diagnostics.CodeAnalysis;

namespace Ferry.Processes;

/// <summary>How this process ends or pauses when a program elsewhere did, so that whoever started us sees what it would have seen.</summary>
internal static unsafe class Death
{
    private const int NotDumpable = 4; // PR_SET_DUMPABLE

    /// <summary>
    /// Ends this process at once, where nothing is left to be written or put back: .NET's own way waits for its threads and takes some 10 ms,
    /// which the user would see after every run.
    /// </summary>
    [DoesNotReturn]
    public static void Now(int code)
    {
        if (!OperatingSystem.IsWindows())
        {
            Libc.ExitNow(code);
        }

        Environment.Exit(code);
    }

    /// <summary>
    /// Dies by a signal (Linux' number), without leaving a core of our own. Returns only when that is impossible here
    /// (Windows, or a signal that this system has not): then exit with 128 and its number.
    /// </summary>
    public static void BySignal(int signal)
    {
        var here = LinuxSignal.Here(signal);
        if (OperatingSystem.IsWindows() || here == 0)
        {
            return;
        }

        if (OperatingSystem.IsLinux())
        {
            _ = Libc.ProcessControl(NotDumpable, 0, 0, 0, 0);
        }

        DefaultSignal.Restore(here);
        _ = Libc.Kill(Libc.GetPid(), here);
        // Another thread may be the one that gets it.
        Thread.Sleep(1000);
    }

    /// <summary>Stops this process, or its whole group, as Ctrl-Z does; returns when it is continued. Where no shell could continue it, it is not stopped.</summary>
    public static void StopHere(bool wholeGroup)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // SIGTSTP, since the kernel withholds it where nobody is there to continue us, which SIGSTOP would not care for. The handler
        // that .NET has in place is an opaque block, taken out and put back.
        var stop = LinuxSignal.Here(LinuxSignal.Stop);
        var handler = stackalloc byte[256];
        _ = Libc.Action(stop, null, handler);
        _ = Libc.Signal(stop, 0);
        _ = Libc.Kill(wholeGroup ? 0 : Libc.GetPid(), stop);
        _ = Libc.Action(stop, handler, null);
    }
}
