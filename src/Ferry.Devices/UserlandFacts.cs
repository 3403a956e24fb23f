namespace Ferry.Devices;

/// <summary>What the device's own programs are made of, read from an ELF header there. It decides what can run.</summary>
public sealed record UserlandFacts
{
    /// <summary>32 or 64, from EI_CLASS.</summary>
    public int? Bits { get; init; }

    /// <summary>"arm", "aarch64", "x86-64", … from e_machine; see <see cref="MachineNames"/>.</summary>
    public string? Machine { get; init; }

    /// <summary>From EI_DATA.</summary>
    public bool? BigEndian { get; init; }

    /// <summary>For 32-bit ARM alone: EF_ARM_ABI_FLOAT_HARD (true) or EF_ARM_ABI_FLOAT_SOFT (false) in e_flags; null when neither is set.</summary>
    public bool? HardFloat { get; init; }

    /// <summary>e_flags as they stand.</summary>
    public uint? Flags { get; init; }

    /// <summary>The file whose header was read.</summary>
    public string? Source { get; init; }
}
