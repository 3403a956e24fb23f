using System.Runtime.InteropServices;

namespace Ferry.Processes;

/// <summary>The few calls of libc that .NET does not offer, as they are. Numbers are those of Linux, where macOS has others it is said. Not for Windows.</summary>
internal static unsafe partial class Libc
{
    public const int Sigpipe = 13;
    public const int ErrorInterrupted = 4;

    private const string Name = "libc";

    // Streams and terminals.

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int fd, byte* buffer, nint count);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int fd, byte* buffer, nint count);

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollFd* fds, nuint count, int timeout);

    [LibraryImport(Name, EntryPoint = "pipe", SetLastError = true)]
    public static partial int Pipe(int* ends);

    [LibraryImport(Name, EntryPoint = "pipe2", SetLastError = true)]
    public static partial int Pipe2(int* ends, int flags);

    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport(Name, EntryPoint = "isatty")]
    public static partial int IsTerminal(int fd);

    [LibraryImport(Name, EntryPoint = "tcgetattr")]
    public static partial int GetTerminal(int fd, byte* termios);

    [LibraryImport(Name, EntryPoint = "tcsetattr")]
    public static partial int SetTerminal(int fd, int when, byte* termios);

    [LibraryImport(Name, EntryPoint = "cfmakeraw")]
    public static partial void MakeRaw(byte* termios);

    [LibraryImport(Name, EntryPoint = "ioctl")]
    public static partial int Ioctl(int file, nuint request);

    /// <summary>ioctl is variadic, and Apple's ARM ABI passes variadic arguments on the stack: there the pointer must be the ninth.</summary>
    [LibraryImport(Name, EntryPoint = "ioctl")]
    public static partial int Ioctl(int fd, nuint request, void* argument);

    [LibraryImport(Name, EntryPoint = "ioctl")]
    public static partial int IoctlOnAppleArm(int fd, nuint request, nint a, nint b, nint c, nint d, nint e, nint f, void* argument);

    // Files and sockets.

    [LibraryImport(Name, EntryPoint = "statx")]
    public static partial int Statx(int folder, byte* path, int flags, uint mask, byte* status);

    [LibraryImport(Name, EntryPoint = "lstat")]
    public static partial int Lstat(byte* path, byte* status);

    [LibraryImport(Name, EntryPoint = "lstat$INODE64")]
    public static partial int LstatInode64(byte* path, byte* status);

    [LibraryImport(Name, EntryPoint = "mkfifo", SetLastError = true)]
    public static partial int MakeFifo(byte* path, uint mode);

    [LibraryImport(Name, EntryPoint = "socket")]
    public static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "connect")]
    public static partial int Connect(int socket, byte* address, uint length);

    // This process and others.

    [LibraryImport(Name, EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    [LibraryImport(Name, EntryPoint = "getpid")]
    public static partial int GetPid();

    [LibraryImport(Name, EntryPoint = "getppid")]
    public static partial int GetParent();

    [LibraryImport(Name, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Name, EntryPoint = "prctl")]
    public static partial int ProcessControl(int option, nuint value, nuint a, nuint b, nuint c);

    [LibraryImport(Name, EntryPoint = "execv", SetLastError = true)]
    public static partial int Execv(byte* path, byte** arguments);

    [LibraryImport(Name, EntryPoint = "setenv", SetLastError = true)]
    public static partial int Setenv(byte* name, byte* value, int overwrite);

    [LibraryImport(Name, EntryPoint = "unsetenv", SetLastError = true)]
    public static partial int Unsetenv(byte* name);

    [LibraryImport(Name, EntryPoint = "_NSGetArgc")]
    public static partial int* NsGetArgc();

    [LibraryImport(Name, EntryPoint = "_NSGetArgv")]
    public static partial byte*** NsGetArgv();

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int id, int signal);

    [LibraryImport(Name, EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int kind, uint id, byte* information, int options);

    [LibraryImport(Name, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int id, int* status, int options);

    // Signals.

    [LibraryImport(Name, EntryPoint = "signal")]
    public static partial nint Signal(int signal, nint handler);

    [LibraryImport(Name, EntryPoint = "sigaction")]
    public static partial int Action(int signal, byte* set, byte* old);

    [LibraryImport(Name, EntryPoint = "sigemptyset")]
    public static partial int SigEmptySet(byte* set);

    [LibraryImport(Name, EntryPoint = "sigaddset")]
    public static partial int SigAddSet(byte* set, int signal);

    [LibraryImport(Name, EntryPoint = "pthread_sigmask")]
    public static partial int PthreadSigmask(int how, byte* set, byte* old);

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollFd
    {
        public int Fd;
        public short Events;
        public short Returned;
    }
}
