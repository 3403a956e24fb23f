using Ferry.Devices;

namespace Ferry.Remote.Sysroots;

/// <summary>What an exported sysroot says of itself: <c>export.json</c> in its file.</summary>
internal sealed record SysrootExport
{
    /// <summary>Goes up when an older Ferry would misread it.</summary>
    public const int CurrentFormat = 1;

    public required int Format { get; init; }

    /// <summary>The device, without what is private: see <see cref="DeviceRecord.ForOthers"/>.</summary>
    public required DeviceRecord Device { get; init; }

    /// <summary>Each file's content is in the same file under its first path.</summary>
    public required IReadOnlyList<SysrootFile> Files { get; init; }
}
