namespace Ferry.Devices;

/// <summary>The auxiliary vector (getauxval(3)) of a process of the device.</summary>
public sealed record AuxFacts
{
    /// <summary>32 or 64: the width of its entries, and so of the program that was asked.</summary>
    public int? EntryBits { get; init; }

    /// <summary>AT_HWCAP (16).</summary>
    public ulong? Hwcap { get; init; }

    /// <summary>AT_HWCAP2 (26).</summary>
    public ulong? Hwcap2 { get; init; }

    /// <summary>What the bits of both stand for, by the words of the kernel's headers and /proc/cpuinfo: "neon", "vfpv4", "idiva"; "asimd", "crc32", "atomics". See <see cref="HwcapNames"/>.</summary>
    public IReadOnlyList<string> Names { get; init => field = value ?? []; } = [];

    /// <summary>AT_PLATFORM (15): "v6l", "v7l", "aarch64".</summary>
    public string? Platform { get; init; }

    /// <summary>AT_PAGESZ (6) in bytes.</summary>
    public int? PageSize { get; init; }
}
