using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ferry.Processes;

/// <summary>The few calls of libc that .NET does not offer. Numbers are those of Linux, where macOS has others it is said.</summary>
[UnsupportedOSPlatform("windows")]
internal static unsafe partial class Libc
{
    public const int Sigpipe = 13;
    public const int SigKill = 9;
    public const int ErrorNoEntry = 2;
    public const int ErrorInterrupted = 4;

    private const string Name = "libc";

    /// <summary>A sigset_t has 128 bytes on Linux (glibc and musl), four on macOS.</summary>
    private const int SigsetSize = 128;

    private static int SetMask => OperatingSystem.IsMacOS() ? 3 : 2;

    /// <summary>
    /// .NET ignores SIGPIPE, and what is ignored stays so through exec: `program | head` would see write errors instead of its end.
    /// Handlers turn into the default by themselves; what the user's shell ignores (nohup) stays ignored.
    /// </summary>
    public static void RestoreSignalsBeforeExec()
    {
        _ = Signal(Sigpipe, 0);
        var none = stackalloc byte[SigsetSize];
        _ = SigEmptySet(none);
        _ = PthreadSigmask(SetMask, none, null);
    }

    [LibraryImport(Name, EntryPoint = "execv", SetLastError = true)]
    public static partial int Execv(byte* path, byte** arguments);

    [LibraryImport(Name, EntryPoint = "setenv", SetLastError = true)]
    public static partial int Setenv(byte* name, byte* value, int overwrite);

    [LibraryImport(Name, EntryPoint = "unsetenv", SetLastError = true)]
    public static partial int Unsetenv(byte* name);

    [LibraryImport(Name, EntryPoint = "signal")]
    private static partial nint Signal(int signal, nint handler);

    [LibraryImport(Name, EntryPoint = "sigemptyset")]
    public static partial int SigEmptySet(byte* set);

    [LibraryImport(Name, EntryPoint = "pthread_sigmask")]
    private static partial int PthreadSigmask(int how, byte* set, byte* old);
}
