namespace Ferry.Elf.Instructions;

/// <summary>What the Thumb instruction set has beyond ARMv6, by DDI 0406C, chapter A6, and DDI 0487, F3.</summary>
internal static class ThumbRows
{
    /// <summary>Of 16 bits (A6.2.5).</summary>
    public static readonly InstructionRow[] Narrow =
    [
        new(0xfd00, 0xb100, "cbz", ArmNeed.Thumb2),
        new(0xfd00, 0xb900, "cbnz", ArmNeed.Thumb2),
        new(0xffff, 0xbf00, "nop", ArmNeed.Thumb2),
        new(0xff0f, 0xbf00, "yield, wfe, wfi or sev", ArmNeed.Thumb2),
        new(0xff00, 0xbf00, "it", ArmNeed.Thumb2),
        new(0xffc0, 0xba80, "hlt", ArmNeed.ArmV8),
        new(0xfff7, 0xb610, "setpan", ArmNeed.ArmV8),
    ];

    /// <summary>
    /// Of 32 bits, the first halfword above the second (A6.3): names for what is common. All of them are Thumb-2, named here or not; bl and blx,
    /// which are older, are told apart before.
    /// </summary>
    public static readonly InstructionRow[] Wide =
    [
        new(0xfbf08000, 0xf2400000, "movw", ArmNeed.Thumb2),
        new(0xfbf08000, 0xf2c00000, "movt", ArmNeed.Thumb2),
        new(0xfff0f0f0, 0xfb90f0f0, "sdiv", ArmNeed.Division),
        new(0xfff0f0f0, 0xfbb0f0f0, "udiv", ArmNeed.Division),
        new(0xfff000f0, 0xfb000010, "mls", ArmNeed.Thumb2),
        new(0xfff0f0f0, 0xfb00f000, "mul", ArmNeed.Thumb2),
        new(0xfff000f0, 0xfb000000, "mla", ArmNeed.Thumb2),
        new(0xfffffff0, 0xf3bf8f40, "dsb", ArmNeed.ArmV7),
        new(0xfffffff0, 0xf3bf8f50, "dmb", ArmNeed.ArmV7),
        new(0xfffffff0, 0xf3bf8f60, "isb", ArmNeed.ArmV7),
        new(0xfff08020, 0xf3400000, "sbfx", ArmNeed.Thumb2),
        new(0xfff08020, 0xf3c00000, "ubfx", ArmNeed.Thumb2),
        new(0xfff08020, 0xf3600000, "bfi", ArmNeed.Thumb2),
        new(0xfff0f0f0, 0xfa90f0a0, "rbit", ArmNeed.Thumb2),
        new(0xfff0f0f0, 0xfab0f080, "clz", ArmNeed.Thumb2),
        new(0xffd0a000, 0xe8900000, "ldm", ArmNeed.Thumb2),
        new(0xffffa000, 0xe8bd8000, "pop", ArmNeed.Thumb2),
        new(0xffd02000, 0xe8900000, "ldm", ArmNeed.Thumb2),
        new(0xffffa000, 0xe92d0000, "push", ArmNeed.Thumb2),
        new(0xfe500000, 0xe8100000, "ldm or ldrd", ArmNeed.Thumb2),
        new(0xfe500000, 0xe8000000, "stm or strd", ArmNeed.Thumb2),
        new(0xfff0ffe0, 0xe8d0f000, "tbb or tbh", ArmNeed.Thumb2),
        new(0xef000000, 0xef000000, "NEON arithmetic", ArmNeed.Neon),
        new(0xff100000, 0xf9000000, "vld or vst", ArmNeed.Neon),
        new(0xef000e00, 0xee000a00, "floating-point arithmetic", ArmNeed.Thumb2),
        new(0xee000e00, 0xec000a00, "floating-point load or store", ArmNeed.Thumb2),
        new(0xfe700000, 0xf8500000, "ldr", ArmNeed.Thumb2),
        new(0xfe700000, 0xf8400000, "str", ArmNeed.Thumb2),
        new(0xfe100000, 0xf8100000, "ldrb or ldrh", ArmNeed.Thumb2),
        new(0xfe100000, 0xf8000000, "strb or strh", ArmNeed.Thumb2),
        new(0xf800d000, 0xf0009000, "b", ArmNeed.Thumb2),
        new(0xf800d000, 0xf0008000, "b with a condition", ArmNeed.Thumb2),
        new(0xfe000000, 0xea000000, "data processing of 32 bits", ArmNeed.Thumb2),
        new(0xfa008000, 0xf0000000, "data processing of 32 bits", ArmNeed.Thumb2),
    ];

    public static readonly InstructionRow Other = new(0, 0, "an instruction of 32 bits", ArmNeed.Thumb2);
}
