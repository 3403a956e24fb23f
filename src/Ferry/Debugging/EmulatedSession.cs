using System.Runtime.Versioning;
using Ferry.Processes;
using Ferry.Remote.Agent;

namespace Ferry.Debugging;

/// <summary>
/// A program in the emulator, and a debugger. User emulation has no ptrace, and so no gdbserver: QEMU speaks the protocol itself, on a unix socket, and does not begin before a debugger is there.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class EmulatedSession
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <param name="debugger">With which.</param>
    /// <param name="setup">What it is told, when it is known where the session is to be met.</param>
    /// <param name="line">QEMU's line, with the socket's path in it.</param>
    public static ProgramEnd Run(Debugger debugger, Func<string, DebugSetup> setup, Func<string, ChildLine> line)
    {
        var folder = Directory.CreateTempSubdirectory("ferry-debug-").FullName; // 0700
        try
        {
            var socket = Path.Combine(folder, "gdb");
            using var qemu = SessionProcess.Start(line(socket));
            if (!Listens(qemu, socket))
            {
                throw new FerryException("the emulator does not wait for a debugger", qemu.End.IsCompleted ? $"it ended with exit code {qemu.Wait().Code}" : $"nothing listens on '{socket}'", exit: ExitCode.DeviceUnreachable);
            }

            var end = DebuggerRun.ToTheEnd(debugger, setup(socket), folder);
            if (qemu.Wait(Grace))
            {
                var program = qemu.Wait();
                return program.Signal != 0 ? ProgramEnd.Killed(program.Signal) : ProgramEnd.Exited(program.Code);
            }

            qemu.Kill();
            return end.Code == 0 && end.Signal == 0 ? ProgramEnd.NotSeen : throw DebuggerRun.Failed(debugger, end);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Looked at from outside: QEMU takes one connection, and that is the debugger's.</summary>
    private static bool Listens(SessionProcess qemu, string socket)
    {
        for (var begin = Environment.TickCount64; Environment.TickCount64 - begin < StartLimit.TotalMilliseconds;)
        {
            if (File.ReadLines("/proc/net/unix").Any(row => IsListener(row, socket)))
            {
                return true;
            }

            if (qemu.Wait(TimeSpan.FromMilliseconds(10)))
            {
                return false;
            }
        }

        return false;
    }

    // "Num: RefCount Protocol Flags Type St Inode Path"; among the flags 0x10000: it listens.
    private static bool IsListener(string row, string socket) =>
        row.EndsWith(" " + socket, StringComparison.Ordinal) && row.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, _, "00010000", ..];
}
