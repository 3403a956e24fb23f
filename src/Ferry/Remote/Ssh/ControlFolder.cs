using System.Runtime.Versioning;
using Ferry.Processes;

namespace Ferry.Remote.Ssh;

/// <summary>
/// Where the sockets of master connections lie. Who can write there can speak through them, so the folder is ours alone: made 0700, and checked before each
/// use, since /tmp belongs to everybody.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static class ControlFolder
{
    // ssh appends 17 characters while it binds, and sun_path has 104 on macOS, 108 on Linux.
    private const int LongestSocket = 90;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <exception cref="FerryException">When there is something in that place that is not ours alone.</exception>
    public static string Open(int longestName)
    {
        var folder = Choose(longestName);
        Directory.CreateDirectory(folder, Private);
        return Refusal(folder) is { } why
            ? throw new FerryException($"the folder for ssh's sockets, '{folder}', is not safe", why, $"look at it, and remove it: ls -ld {ShellQuote.Posix(folder)}")
            : folder;
    }

    /// <summary>The folder when it is there and ours alone; else nothing is kept.</summary>
    public static string? Existing(int longestName) => Choose(longestName) is var folder && Refusal(folder) is null ? folder : null;

    /// <summary>Why a folder must not be used, or null.</summary>
    public static string? Refusal(string folder)
    {
        var (owner, mode) = FileOwner.Of(folder);
        const int TypeMask = 0xf000, FolderType = 0x4000, OthersMask = 0x3f;
        return (mode & TypeMask) != FolderType ? "it is not a folder"
            : owner != Libc.EffectiveUser() ? $"it belongs to user {owner}"
            : (mode & OthersMask) != 0 ? $"others may use it (mode {Convert.ToString(mode & 0xfff, 8)})"
            : null;
    }

    private static string Choose(int longestName)
    {
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var folder = Path.Combine(runtime ?? "", "ferry");
        // ssh expands %, ~ and ${} in the path, and -o splits at blanks.
        return runtime is ['/', ..] && Directory.Exists(runtime) && ShellQuote.IsPlain(folder) && folder.Length + 1 + longestName <= LongestSocket
            ? folder
            : $"/tmp/ferry-{Libc.EffectiveUser()}";
    }
}
