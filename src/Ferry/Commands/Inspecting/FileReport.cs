using Ferry.Devices;

namespace Ferry.Commands.Inspecting;

/// <summary>
/// All that <c>ferry inspect</c> says of a file. <c>--json</c> prints it: the names of the properties are API, docs/reference/inspect.md lists them. What
/// a file does not tell is null, and left out.
/// </summary>
internal sealed record FileReport
{
    /// <summary>The shape of this report. It grows when a property changes its meaning, not when one is added.</summary>
    public int Schema { get; init; } = 1;

    public required string File { get; init; }

    public required long Size { get; init; }

    /// <summary>program, library, object, archive, core, debug-file or other.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is, for people.</summary>
    public required string Summary { get; init; }

    /// <summary>Null for archives.</summary>
    public ElfReport? Elf { get; init; }

    /// <summary>Null for all but archives.</summary>
    public ArchiveReport? Archive { get; init; }

    /// <summary>The device that it was held against.</summary>
    public string? Device { get; init; }

    /// <summary>What that has brought up; null when it was held against none.</summary>
    public IReadOnlyList<Finding>? Findings { get; init; }
}
