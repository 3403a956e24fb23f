using Ferry.Settings;

namespace Ferry.Toolchain;

/// <summary>
/// What makes one link differ from another: the target, the set of libraries, and the glibc that they are to be like. It is part of the linker's path, which is the one thing
/// that cargo looks at: with a new one it links again, and only then. The linker itself is not part of it, so that an update of
/// Rust does not rebuild twice.
/// </summary>
internal sealed record LinkIdentity(string Target, string SysrootId, Version? Glibc = null)
{
    /// <summary>The name of its folder: <c>TARGET-HASH</c>.</summary>
    public string FolderName => $"{Target}-{NameHash.Of($"{LinkSettings.CurrentVersion}\n{Target}\n{SysrootId}{Ceiling}")}";

    private string Ceiling => Glibc is null ? "" : $"\n{Glibc} {OldGlibc.Shape}";
}
