using System.Runtime.InteropServices;
using System.Text;

namespace Ferry.Processes;

/// <summary>
/// The name by which this process was started, a symlink's own name. .NET's Environment gives the resolved file instead.
/// </summary>
internal static unsafe class StartedAs
{
    public static string Name() =>
        OperatingSystem.IsLinux() ? FromProc()
        : OperatingSystem.IsMacOS() ? FromDyld()
        : Environment.ProcessPath ?? "";

    private static string FromProc()
    {
        var line = File.ReadAllBytes("/proc/self/cmdline").AsSpan();
        var end = line.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? line : line[..end]);
    }

    private static string FromDyld()
    {
        var argv = ((delegate* unmanaged<byte***>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_NSGetArgv"))();
        return Marshal.PtrToStringUTF8((nint)(*argv)[0]) ?? "";
    }
}
