namespace Ferry.Processes;

/// <summary>A signal as the kernel has it by default, for the program that takes our place or for our own end by it. Not for Windows.</summary>
internal static unsafe class DefaultSignal
{
    /// <summary>A sigset_t has 128 bytes on Linux (glibc and musl), four on macOS.</summary>
    private const int SigsetSize = 128;

    /// <summary>Its default, and nothing blocked. <paramref name="signal"/> is this system's number.</summary>
    public static void Restore(int signal)
    {
        _ = Libc.Signal(signal, 0);
        var none = stackalloc byte[SigsetSize];
        _ = Libc.SigEmptySet(none);
        _ = Libc.PthreadSigmask(OperatingSystem.IsMacOS() ? 3 : 2, none, null); // SIG_SETMASK
    }
}
