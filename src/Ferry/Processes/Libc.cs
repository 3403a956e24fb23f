using System.Runtime.InteropServices;
using System.Text;

namespace Ferry.Processes;

/// <summary>The few calls of libc that .NET does not offer. Numbers are those of Linux, where macOS has others it is said. Not for Windows.</summary>
internal static unsafe partial class Libc
{
    public const int Sigpipe = 13;
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

    /// <summary>As .NET has it, for when the exec failed.</summary>
    public static void IgnoreBrokenPipes() => Signal(Sigpipe, 1);

    /// <summary>Blocks until a child has ended, and leaves it to be reaped.</summary>
    public static void WaitUntilEnded(int id)
    {
        // WEXITED is 4 everywhere; siginfo_t has 128 bytes at most.
        var information = stackalloc byte[128];
        var options = 4 | (OperatingSystem.IsMacOS() ? 0x20 : 0x1000000);
        while (WaitId(1, (uint)id, information, options) != 0 && Marshal.GetLastPInvokeError() == ErrorInterrupted)
        {
        }
    }

    public static ProcessEnd Reap(int id)
    {
        int status;
        int result;
        while ((result = WaitPid(id, &status, 0)) == -1 && Marshal.GetLastPInvokeError() == ErrorInterrupted)
        {
        }

        // Who starts Ferry with SIGCHLD ignored lets the kernel throw exit codes away.
        return result == id ? ProcessEnd.FromWaitStatus(status) : new(255, 0);
    }

    /// <summary>Of the path itself, not of what a symlink names; mode with the file's type. (0, 0) when there is nothing.</summary>
    public static (uint Owner, int Mode) OwnerAndMode(string path)
    {
        using var name = NativeStrings.Of(path);
        var status = stackalloc byte[512];
        if (OperatingSystem.IsMacOS())
        {
            // struct stat with 64-bit inodes: mode_t at 4, uid_t at 16.
            var failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? LstatInode64(name.First, status) : Lstat(name.First, status);
            return failed != 0 ? default : (*(uint*)(status + 16), *(ushort*)(status + 4));
        }

        // struct statx is the same on every architecture: stx_uid at 20, stx_mode at 28. AT_FDCWD, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS.
        return Statx(-100, name.First, 0x100, 0x7ff, status) != 0 ? default : (*(uint*)(status + 20), *(ushort*)(status + 28));
    }

    /// <summary>Whether somebody listens on a unix socket.</summary>
    public static bool CanConnect(string path)
    {
        // sockaddr_un: a 16-bit family on Linux; length and family, a byte each, on macOS; then the path.
        var bytes = Encoding.UTF8.GetBytes(path);
        var longest = OperatingSystem.IsMacOS() ? 103 : 107;
        if (bytes.Length > longest)
        {
            return false;
        }

        var address = stackalloc byte[110];
        new Span<byte>(address, 110).Clear();
        address[0] = OperatingSystem.IsMacOS() ? (byte)(longest + 3) : (byte)1;
        address[1] = OperatingSystem.IsMacOS() ? (byte)1 : (byte)0;
        bytes.CopyTo(new Span<byte>(address + 2, longest));
        // AF_UNIX, SOCK_STREAM, and on Linux SOCK_CLOEXEC.
        var socket = Socket(1, OperatingSystem.IsMacOS() ? 1 : 0x80001, 0);
        if (socket < 0)
        {
            return false;
        }

        var result = Connect(socket, address, (uint)longest + 3);
        _ = Close(socket);
        return result == 0;
    }

    /// <summary>Two new descriptors, close-on-exec: in one step on Linux; macOS has no pipe2.</summary>
    public static (int Reading, int Writing) NewPipe()
    {
        const int closeOnExec = 0x80000;
        const uint setCloseOnExec = 0x20006601;
        var ends = stackalloc int[2];
        if ((OperatingSystem.IsMacOS() ? Pipe(ends) : Pipe2(ends, closeOnExec)) != 0)
        {
            throw new IOException("pipe: " + Marshal.GetLastPInvokeErrorMessage());
        }

        if (OperatingSystem.IsMacOS())
        {
            _ = Ioctl(ends[0], setCloseOnExec);
            _ = Ioctl(ends[1], setCloseOnExec);
        }

        return (ends[0], ends[1]);
    }

    [LibraryImport(Name, EntryPoint = "pipe", SetLastError = true)]
    private static partial int Pipe(int* ends);

    [LibraryImport(Name, EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe2(int* ends, int flags);

    [LibraryImport(Name, EntryPoint = "ioctl")]
    private static partial int Ioctl(int file, nuint request);

    [LibraryImport(Name, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(Name, EntryPoint = "statx")]
    private static partial int Statx(int folder, byte* path, int flags, uint mask, byte* status);

    [LibraryImport(Name, EntryPoint = "lstat")]
    private static partial int Lstat(byte* path, byte* status);

    [LibraryImport(Name, EntryPoint = "lstat$INODE64")]
    private static partial int LstatInode64(byte* path, byte* status);

    [LibraryImport(Name, EntryPoint = "socket")]
    private static partial int Socket(int domain, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "connect")]
    private static partial int Connect(int socket, byte* address, uint length);

    [LibraryImport(Name, EntryPoint = "close")]
    private static partial int Close(int file);

    [LibraryImport(Name, EntryPoint = "execv", SetLastError = true)]
    public static partial int Execv(byte* path, byte** arguments);

    [LibraryImport(Name, EntryPoint = "setenv", SetLastError = true)]
    public static partial int Setenv(byte* name, byte* value, int overwrite);

    [LibraryImport(Name, EntryPoint = "unsetenv", SetLastError = true)]
    public static partial int Unsetenv(byte* name);

    [LibraryImport(Name, EntryPoint = "signal")]
    public static partial nint Signal(int signal, nint handler);

    [LibraryImport(Name, EntryPoint = "sigemptyset")]
    public static partial int SigEmptySet(byte* set);

    [LibraryImport(Name, EntryPoint = "sigaddset")]
    public static partial int SigAddSet(byte* set, int signal);

    [LibraryImport(Name, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int id, int signal);

    [LibraryImport(Name, EntryPoint = "waitid", SetLastError = true)]
    private static partial int WaitId(int kind, uint id, byte* information, int options);

    [LibraryImport(Name, EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitPid(int id, int* status, int options);

    [LibraryImport(Name, EntryPoint = "pthread_sigmask")]
    public static partial int PthreadSigmask(int how, byte* set, byte* old);
}
