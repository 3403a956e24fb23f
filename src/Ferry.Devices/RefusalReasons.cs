namespace Ferry.Devices;

/// <summary>The words with which device/probe.sh says why a folder is of no use, and what they mean to people.</summary>
public static class RefusalReasons
{
    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["name"] = "its path holds characters other than A-Z a-z 0-9 . _ + @ - /",
        ["missing"] = "it is not there",
        ["create"] = "it cannot be made (no permission, or a read-only file system)",
        ["link"] = "it is a symbolic link",
        ["owner"] = "it belongs to another user",
        ["mode"] = "its permissions cannot be set to 0700",
        ["write"] = "nothing can be written there (no space, or a read-only file system)",
        ["space"] = "less than 2 MB are free there",
        ["noexec"] = "what is written there cannot be run (mounted noexec)",
    };

    /// <summary>The sentence for a word; the word itself when it is none of them.</summary>
    public static string Describe(string reason) => Sentences.GetValueOrDefault(reason, reason);
}
