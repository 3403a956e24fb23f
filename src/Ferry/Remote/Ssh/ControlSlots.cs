namespace Ferry.Remote.Ssh;

/// <summary>
/// At most eight channels at once through one master, over all Ferrys of this user: sshd's MaxSessions is ten, and beyond it ssh would make a connection of
/// its own for each. A lock file a slot; the kernel frees it when its holder dies.
/// </summary>
internal static class ControlSlots
{
    public const int Count = 8;

    private const int EagainLinux = 11;
    private const int EagainMacOS = 35;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    public static FileStream Take(string prefix)
    {
        while (true)
        {
            for (var i = 0; i < Count; i++)
            {
                if (TryLock(Slot(prefix, i)) is { } slot)
                {
                    return slot;
                }
            }

            Thread.Sleep(Pause);
        }
    }

    /// <summary>How many are taken.</summary>
    public static int InUse(string prefix)
    {
        var taken = 0;
        foreach (var slot in Enumerable.Range(0, Count).Select(i => Slot(prefix, i)).Where(File.Exists))
        {
            using var free = TryLock(slot);
            taken += free is null ? 1 : 0;
        }

        return taken;
    }

    /// <summary>Waits until nobody else holds the lock.</summary>
    public static FileStream Lock(string path)
    {
        while (true)
        {
            if (TryLock(path) is { } held)
            {
                return held;
            }

            Thread.Sleep(Pause);
        }
    }

    private static string Slot(string prefix, int number) => $"{prefix}.slot{number}";

    /// <summary>Null when somebody else holds the lock.</summary>
    public static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (IOException e) when (e.HResult is EagainLinux or EagainMacOS)
        {
            return null;
        }
    }
}
