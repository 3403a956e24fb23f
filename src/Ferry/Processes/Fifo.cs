using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ferry.Processes;

/// <summary>A pipe that has a name: two processes that are not related meet in it.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Fifo
{
    /// <summary>Makes one that is the user's alone.</summary>
    public static unsafe void Make(string path)
    {
        using var name = NativeStrings.Of(path);
        if (Libc.MakeFifo(name.First, 0x180) != 0)
        {
            throw new IOException($"cannot make the pipe {path}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>Waits for nobody when <paramref name="access"/> is both: that end also keeps the pipe alive while nobody else has it open.</summary>
    public static FileStream Open(string path, FileAccess access) => new(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
