namespace Ferry.Commands.Inspecting;

/// <summary>The part of a <see cref="FileReport"/> that every ELF file has.</summary>
internal sealed record ElfReport
{
    public required string Machine { get; init; }

    public required int Bits { get; init; }

    public required bool BigEndian { get; init; }

    /// <summary>e_flags, as 0x….</summary>
    public required string Flags { get; init; }

    /// <summary>Where it is entered, as 0x…; null when nowhere.</summary>
    public string? Entry { get; init; }

    public FloatReport? FloatAbi { get; init; }

    /// <summary>static, static-pie, dynamic or dynamic-pie; null for all but programs.</summary>
    public string? Linkage { get; init; }

    public string? Loader { get; init; }

    public string? SoName { get; init; }

    public IReadOnlyList<string> Needed { get; init; } = [];

    public string? RunPath { get; init; }

    public string? RPath { get; init; }

    public IReadOnlyList<VersionReport> Versions { get; init; } = [];

    /// <summary>The oldest Linux that it is marked for (NT_GNU_ABI_TAG).</summary>
    public string? OldestKernel { get; init; }

    public ProtectionReport? Protection { get; init; }

    public IReadOnlyList<SegmentReport> Segments { get; init; } = [];

    /// <summary>The largest page in bytes that its segments fit.</summary>
    public ulong? LargestPage { get; init; }

    public string? BuildId { get; init; }

    public required DebugReport Debug { get; init; }

    /// <summary>How many symbols there are; 0 when it was stripped of them.</summary>
    public required int Symbols { get; init; }

    public IReadOnlyList<AttributeReport> Attributes { get; init; } = [];

    /// <summary>On 32-bit ARM the first instruction beyond ARMv6 in a file whose attributes claim ARMv6 or older.</summary>
    public string? NewerCode { get; init; }

    /// <summary>What the code of ARM and AArch64 programs needs beyond the oldest processor.</summary>
    public IReadOnlyList<NeedReport> CodeNeeds { get; init; } = [];

    public IReadOnlyList<NoteReport> Notes { get; init; } = [];

    public IReadOnlyList<SectionReport> Sections { get; init; } = [];

    /// <summary>Code by crate, the largest first; the crate without a name is all that is not Rust.</summary>
    public IReadOnlyList<SizeReport> Crates { get; init; } = [];

    /// <summary>Functions, the largest first; forms of one generic function are one.</summary>
    public IReadOnlyList<FunctionReport> Functions { get; init; } = [];

    /// <summary>Bytes of code that no symbol names.</summary>
    public ulong CodeWithoutSymbols { get; init; }

    public CoreReport? Core { get; init; }
}
