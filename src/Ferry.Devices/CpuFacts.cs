namespace Ferry.Devices;

/// <summary>The processor in the words of /proc/cpuinfo. They differ between architectures, and may lie: a Pi Zero says "CPU architecture: 7".</summary>
public sealed record CpuFacts
{
    /// <summary>Processors that are on.</summary>
    public int? Count { get; init; }

    /// <summary>"0x41".</summary>
    public string? Implementer { get; init; }

    /// <summary>"0xd03".</summary>
    public string? Part { get; init; }

    /// <summary>"0x0".</summary>
    public string? Variant { get; init; }

    /// <summary>"8". Not to be relied on.</summary>
    public string? Architecture { get; init; }

    /// <summary>"Cortex-A53", from implementer and part where Ferry knows them, see <see cref="CpuNames"/>.</summary>
    public string? Name { get; init; }

    /// <summary>The kinds of ARM cores that are on, in the order of the processors; empty where the kernel tells no MIDR (x86, MIPS, RISC-V).</summary>
    public IReadOnlyList<CpuCore> Cores { get; init => field = value ?? []; } = [];

    /// <summary>The board's own number where the kernel tells it: a Raspberry Pi's revision code, "c03114".</summary>
    public string? Revision { get; init; }

    /// <summary>"ARMv7 Processor rev 3 (v7l)": "model name" or "Processor".</summary>
    public string? ModelText { get; init; }

    /// <summary>"BCM2835".</summary>
    public string? Hardware { get; init; }

    /// <summary>"fp", "asimd", "neon", "vfpv4", …</summary>
    public IReadOnlyList<string> Features { get; init; } = [];
}
