using System.Runtime.InteropServices;

namespace Ferry.Processes;

/// <summary>Whose a file is, and its mode with the file's type: of the path itself, not of what a symlink names. Not for Windows.</summary>
internal readonly record struct FileOwner(uint User, int Mode)
{
    /// <summary>(0, 0) when there is nothing.</summary>
    public static unsafe FileOwner Of(string path)
    {
        using var name = NativeStrings.Of(path);
        var status = stackalloc byte[512];
        if (OperatingSystem.IsMacOS())
        {
            // struct stat with 64-bit inodes: mode_t at 4, uid_t at 16.
            var failed = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? Libc.LstatInode64(name.First, status) : Libc.Lstat(name.First, status);
            return failed != 0 ? default : new(*(uint*)(status + 16), *(ushort*)(status + 4));
        }

        // struct statx is the same on every architecture: stx_uid at 20, stx_mode at 28. AT_FDCWD, AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS.
        return Libc.Statx(-100, name.First, 0x100, 0x7ff, status) != 0 ? default : new(*(uint*)(status + 20), *(ushort*)(status + 28));
    }
}
