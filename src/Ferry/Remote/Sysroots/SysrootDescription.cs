using Ferry.Devices;

namespace Ferry.Remote.Sysroots;

/// <summary>sysroot.json: what a sysroot is. It is written last, so a folder without it was cut short.</summary>
internal sealed record SysrootDescription
{
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>The hash of what is in it, and the name of its folder.</summary>
    public required string Id { get; init; }

    /// <summary>The loader's path that programs are to name: the one that the device's own /bin/sh names.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The device's library folders that have files here, in the loader's order.</summary>
    public IReadOnlyList<string> LibraryFolders { get; init; } = [];

    public LibcKind? LibcKind { get; init; }

    public string? LibcVersion { get; init; }

    public IReadOnlyList<SysrootFile> Files { get; init; } = [];

    /// <summary>What the check has to know of each library, the first of its name in the loader's order.</summary>
    public IReadOnlyList<LibraryFacts> Libraries { get; init; } = [];
}
