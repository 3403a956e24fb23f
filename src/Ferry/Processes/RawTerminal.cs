using System.Runtime.InteropServices;

namespace Ferry.Processes;

/// <summary>
/// A terminal, ours on stdin as a rule, raw: every key is a byte, none is a signal. Left as it was found, however the process ends (but by SIGKILL).
/// A termios is an opaque block here: its layout is the C library's own business. Not for Windows.
/// </summary>
internal sealed unsafe class RawTerminal : IDisposable
{
    private const int AfterOutput = 1; // TCSADRAIN, on Linux and macOS
    private const int MoreThanAnyTermios = 256;

    private readonly byte[] before = new byte[MoreThanAnyTermios];
    private readonly Lock gate = new();
    private readonly int fd;
    private bool isRaw;

    private RawTerminal(int fd) => this.fd = fd;

    /// <summary>Null when that is no terminal.</summary>
    public static RawTerminal? Enter(int fd = 0)
    {
        var terminal = new RawTerminal(fd);
        fixed (byte* termios = terminal.before)
        {
            if (Libc.GetTerminal(fd, termios) != 0)
            {
                return null;
            }
        }

        AppDomain.CurrentDomain.ProcessExit += terminal.LeaveAtExit;
        terminal.EnterAgain();
        return terminal;
    }

    /// <summary>The size of the terminal that a program is to have: ours, when stdin and stdout both are one. Null otherwise, and on Windows.</summary>
    public static TerminalSize? ForProgram() =>
        !OperatingSystem.IsWindows() && Libc.IsTerminal(0) != 0 && Libc.IsTerminal(1) != 0 ? Size() : null;

    /// <summary>Whether stderr goes elsewhere than a terminal.</summary>
    public static bool StderrIsApart() => !OperatingSystem.IsWindows() && Libc.IsTerminal(2) == 0;

    /// <summary>The size of the terminal on stdout, or on stdin; null when neither is one.</summary>
    public static TerminalSize? Size()
    {
        Span<ushort> size = stackalloc ushort[4];
        fixed (ushort* rows = size)
        {
            var found = AskSize(1, rows) == 0 || AskSize(0, rows) == 0;
            return found ? new TerminalSize(size[0], size[1]) : null;
        }
    }

    /// <summary>The size of the terminal on this fd; null when it is none.</summary>
    public static TerminalSize? SizeOf(int fd)
    {
        Span<ushort> size = stackalloc ushort[4];
        fixed (ushort* rows = size)
        {
            return AskSize(fd, rows) == 0 ? new TerminalSize(size[0], size[1]) : null;
        }
    }

    /// <summary>How wide the terminal on stderr is; null when it is none, or does not say.</summary>
    public static int? ColumnsOfErrors()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        Span<ushort> size = stackalloc ushort[4];
        fixed (ushort* rows = size)
        {
            return AskSize(2, rows) == 0 && size[1] > 0 ? size[1] : null;
        }
    }

    public void EnterAgain()
    {
        var raw = (byte[])before.Clone();
        fixed (byte* termios = raw)
        {
            Libc.MakeRaw(termios);
            Set(termios, raw: true);
        }
    }

    public void Leave()
    {
        fixed (byte* termios = before)
        {
            Set(termios, raw: false);
        }
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= LeaveAtExit;
        Leave();
    }

    private void LeaveAtExit(object? sender, EventArgs e) => Leave();

    private void Set(byte* termios, bool raw)
    {
        lock (gate)
        {
            if (isRaw != raw)
            {
                _ = Libc.SetTerminal(fd, AfterOutput, termios);
                isRaw = raw;
            }
        }
    }

    private static int AskSize(int fd, void* size) =>
        !OperatingSystem.IsMacOS() ? Libc.Ioctl(fd, 0x5413, size)
        : RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? Libc.IoctlOnAppleArm(fd, 0x40087468, 0, 0, 0, 0, 0, 0, size)
            : Libc.Ioctl(fd, 0x40087468, size);
}
