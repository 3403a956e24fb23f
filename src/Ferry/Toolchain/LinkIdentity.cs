using Ferry.Settings;

namespace Ferry.Toolchain;

/// <summary>
/// What makes one link differ from another: the target and the set of libraries. It is part of the linker's path, which is the one thing
/// that cargo looks at: with a new one it links again, and only then. The linker itself is not part of it, so that an update of
/// Rust does not rebuild twice.
/// </summary>
internal sealed record LinkIdentity(string Target, string SysrootId)
{
    /// <summary>The name of its folder: <c>TARGET-HASH</c>.</summary>
    public string FolderName => $"{Target}-{NameHash.Of($"{LinkSettings.CurrentVersion}\n{Target}\n{SysrootId}")}";
}
