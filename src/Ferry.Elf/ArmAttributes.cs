namespace Ferry.Elf;

/// <summary>
/// What .ARM.attributes says of the whole file: the "aeabi" attributes of "Addenda to, and Errata in, the ABI for the Arm
/// Architecture". An attribute that is not there has the value 0, as that document wants it.
/// </summary>
public sealed class ArmAttributes
{
    private readonly IReadOnlyDictionary<uint, ulong> numbers;
    private readonly IReadOnlyDictionary<uint, string> texts;

    internal ArmAttributes(IReadOnlyDictionary<uint, ulong> numbers, IReadOnlyDictionary<uint, string> texts)
    {
        this.numbers = numbers;
        this.texts = texts;
    }

    /// <summary>All attributes that the file gives, by their numbers.</summary>
    public IEnumerable<ArmAttribute> All =>
        numbers.Keys.Union(texts.Keys).Order().Select(tag => new ArmAttribute(tag, numbers.TryGetValue(tag, out var number) ? number : null, texts.GetValueOrDefault(tag)));

    /// <summary>Tag_CPU_name, such as "7-A" or "ARM1176JZF-S"; null if there is none.</summary>
    public string? CpuName => texts.GetValueOrDefault(5u);

    /// <summary>Tag_CPU_arch: 6 is v6, 7 v6KZ, 8 v6T2, 9 v6K, 10 v7, 14 v8-A.</summary>
    public ulong CpuArch => Number(6);

    /// <summary>Tag_THUMB_ISA_use: 0 no Thumb, 1 16-bit Thumb, 2 Thumb-2, 3 as the architecture has it.</summary>
    public ulong ThumbIsaUse => Number(9);

    /// <summary>Tag_FP_arch: 0 none, 1 VFPv1, 2 VFPv2, 3 VFPv3, 4 VFPv3-D16, 5 VFPv4, 6 VFPv4-D16, 7 and 8 ARMv8-A.</summary>
    public ulong FpArch => Number(10);

    /// <summary>Tag_ABI_VFP_args: 0 base (soft), 1 VFP registers (hard), 2 toolchain-specific, 3 compatible with both.</summary>
    public ulong AbiVfpArgs => Number(28);

    /// <summary>Whether the file gives the attribute of that number.</summary>
    public bool Has(uint tag) => numbers.ContainsKey(tag) || texts.ContainsKey(tag);

    /// <summary>A numeric attribute by its number; 0 if it is not there.</summary>
    public ulong Number(uint tag) => numbers.GetValueOrDefault(tag);
}
