namespace Ferry.Elf.Instructions;

/// <summary>
/// What the ARM instruction set (A32) has beyond ARMv6, by the ARM Architecture Reference Manual, ARMv7-A and ARMv7-R edition (DDI 0406C), chapters A5,
/// A7 and A8; for ARMv8 by DDI 0487, F5 and F6. Hints are not among it: ARMv6K takes those that it does not know for nop. The first row that holds counts.
/// </summary>
internal static class ArmRows
{
    // The fifth bits of double-precision registers: Vd, Vn, Vm.
    private const uint D = 0x00400000;
    private const uint N = 0x00000080;
    private const uint M = 0x00000020;

    /// <summary>With a condition: bits 31 to 28 are not 1111.</summary>
    public static readonly InstructionRow[] Conditional =
    [
        // A5.2: data processing, multiply, extra loads and stores
        new(0x0ff00000, 0x03000000, "movw", ArmNeed.ArmV6T2),
        new(0x0ff00000, 0x03400000, "movt", ArmNeed.ArmV6T2),
        new(0x0ff000f0, 0x00600090, "mls", ArmNeed.ArmV6T2),
        new(0x0f3000f0, 0x002000b0, "strht", ArmNeed.ArmV6T2),
        new(0x0f3000f0, 0x003000b0, "ldrht", ArmNeed.ArmV6T2),
        new(0x0f3000f0, 0x003000d0, "ldrsbt", ArmNeed.ArmV6T2),
        new(0x0f3000f0, 0x003000f0, "ldrsht", ArmNeed.ArmV6T2),

        // A5.2.12: miscellaneous
        new(0x0ff000f0, 0x01000070, "hlt", ArmNeed.ArmV8),
        new(0x0ff000f0, 0x01400070, "hvc", ArmNeed.Virtualization),
        new(0x0fffffff, 0x0160006e, "eret", ArmNeed.Virtualization),
        new(0x0fb00eff, 0x01000200, "mrs of a banked register", ArmNeed.Virtualization),
        new(0x0fb0fef0, 0x0120f200, "msr of a banked register", ArmNeed.Virtualization),
        new(0x0f9000f0, 0x01000040, "crc32", ArmNeed.Crc32),

        // A5.2.10: beside ldrex and strex
        new(0x0f900ff0, 0x01900c90, "lda", ArmNeed.ArmV8),
        new(0x0f900ff0, 0x01900e90, "ldaex", ArmNeed.ArmV8),
        new(0x0f90fff0, 0x0180fc90, "stl", ArmNeed.ArmV8),
        new(0x0f900ff0, 0x01800e90, "stlex", ArmNeed.ArmV8),

        // A5.4: media
        new(0x0fe0007f, 0x07c0001f, "bfc", ArmNeed.ArmV6T2),
        new(0x0fe00070, 0x07c00010, "bfi", ArmNeed.ArmV6T2),
        new(0x0fe00070, 0x07a00050, "sbfx", ArmNeed.ArmV6T2),
        new(0x0fe00070, 0x07e00050, "ubfx", ArmNeed.ArmV6T2),
        new(0x0ff000f0, 0x06f00030, "rbit", ArmNeed.ArmV6T2),
        new(0x0ff0f0f0, 0x0710f010, "sdiv", ArmNeed.Division),
        new(0x0ff0f0f0, 0x0730f010, "udiv", ArmNeed.Division),

        // A7.5: floating-point data processing
        new(0x0fb00e10, 0x0e900a00, "vfnma", ArmNeed.VfpV4),
        new(0x0fb00e10, 0x0ea00a00, "vfma", ArmNeed.VfpV4),
        new(0x0fb00e50, 0x0eb00a00, "vmov of a constant", ArmNeed.VfpV3),
        new(0x0fbe0f50, 0x0eb20b40, "vcvtb of a double", ArmNeed.ArmV8),
        new(0x0fbe0e50, 0x0eb20a40, "vcvtb", ArmNeed.HalfPrecision),
        new(0x0fbf0e50, 0x0eb60a40, "vrintz", ArmNeed.ArmV8),
        new(0x0fbf0ed0, 0x0eb70a40, "vrintx", ArmNeed.ArmV8),
        new(0x0fbf0fd0, 0x0eb90bc0, "vjcvt", ArmNeed.ArmV8),
        new(0x0fba0e50, 0x0eba0a40, "vcvt of a fixed-point number", ArmNeed.VfpV3),
        new(0x0f800f10, 0x0e000b00, "arithmetic on d16 to d31", ArmNeed.VfpD32, D | N | M),
        new(0x0fb00f50, 0x0e800b00, "vdiv on d16 to d31", ArmNeed.VfpD32, D | N | M),
        new(0x0fbe0f50, 0x0eb00b40, "vmov, vneg or vsqrt on d16 to d31", ArmNeed.VfpD32, D | M),
        new(0x0fbf0f50, 0x0eb40b40, "vcmp on d16 to d31", ArmNeed.VfpD32, D | M),
        new(0x0fbf0f50, 0x0eb50b40, "vcmp on d16 to d31", ArmNeed.VfpD32, D),
        new(0x0fbf0fd0, 0x0eb70bc0, "vcvt on d16 to d31", ArmNeed.VfpD32, M),
        new(0x0fbf0fd0, 0x0eb70ac0, "vcvt on d16 to d31", ArmNeed.VfpD32, D),
        new(0x0fbf0f50, 0x0eb80b40, "vcvt on d16 to d31", ArmNeed.VfpD32, D),
        new(0x0fbe0f50, 0x0ebc0b40, "vcvt on d16 to d31", ArmNeed.VfpD32, M),

        // A7.8, A7.9: between the core's registers and these
        new(0x0f900f50, 0x0e800b10, "vdup", ArmNeed.Neon),
        new(0x0f800f10, 0x0e800b10, "vmov of a narrow lane", ArmNeed.Neon),
        new(0x0f400f10, 0x0e400b10, "vmov of a narrow lane", ArmNeed.Neon),
        new(0x0f000f30, 0x0e000b30, "vmov of a narrow lane", ArmNeed.Neon),
        new(0x0f000f10, 0x0e000b10, "vmov of d16 to d31", ArmNeed.VfpD32, N),
        new(0x0fff0f10, 0x0ef50a10, "vmrs of mvfr2", ArmNeed.ArmV8),
        new(0x0fe00fd0, 0x0c400b10, "vmov of d16 to d31", ArmNeed.VfpD32, M),

        // A7.6: loads and stores
        new(0x0f400f00, 0x0d400b00, "vldr or vstr of d16 to d31", ArmNeed.VfpD32),
        new(0x0fc00f00, 0x0cc00b00, "vldm or vstm of d16 to d31", ArmNeed.VfpD32),

        // DDI 0487 F3: half-precision arithmetic of ARMv8.2, which has the number of a coprocessor that no ARM1176 has
        new(0x0f000f00, 0x0e000900, "half-precision arithmetic", ArmNeed.ArmV8),
        new(0x0f200f00, 0x0d000900, "vldr or vstr of a half-precision number", ArmNeed.ArmV8),
    ];

    /// <summary>Bits 31 to 28 are 1111.</summary>
    public static readonly InstructionRow[] Unconditional =
    [
        // DDI 0487, F3.1.17: cryptographic
        new(0xffbf0f10, 0xf3b00300, "aese, aesd, aesmc or aesimc", ArmNeed.Aes),
        new(0xffbf0fd0, 0xf3b902c0, "sha1h", ArmNeed.Sha1),
        new(0xffbf0fd0, 0xf3ba0380, "sha1su1", ArmNeed.Sha1),
        new(0xffbf0fd0, 0xf3ba03c0, "sha256su0", ArmNeed.Sha2),
        new(0xff800f50, 0xf2000c40, "sha1c, sha1p, sha1m or sha1su0", ArmNeed.Sha1),
        new(0xff800f50, 0xf3000c40, "sha256h or sha256su1", ArmNeed.Sha2),
        new(0xffb00f50, 0xf2a00e00, "vmull.p64", ArmNeed.Pmull),

        // A7.4, A7.7
        new(0xff900f10, 0xf2000c10, "vfma or vfms of vectors", ArmNeed.VfpV4),
        new(0xfe000000, 0xf2000000, "NEON arithmetic", ArmNeed.Neon),
        new(0xff300000, 0xf4200000, "vld", ArmNeed.Neon),
        new(0xff100000, 0xf4000000, "vst", ArmNeed.Neon),

        // A5.7.1: barriers and hints to memory
        new(0xfffffff0, 0xf57ff040, "dsb", ArmNeed.ArmV7),
        new(0xfffffff0, 0xf57ff050, "dmb", ArmNeed.ArmV7),
        new(0xfffffff0, 0xf57ff060, "isb", ArmNeed.ArmV7),
        new(0xfffffff0, 0xf57ff070, "sb", ArmNeed.ArmV8),
        new(0xff70f000, 0xf450f000, "pli", ArmNeed.ArmV7),
        new(0xff70f010, 0xf650f000, "pli", ArmNeed.ArmV7),
        new(0xff70f000, 0xf510f000, "pldw", ArmNeed.ArmV7MP),
        new(0xff70f010, 0xf710f000, "pldw", ArmNeed.ArmV7MP),

        // DDI 0487
        new(0xfff0fdff, 0xf1100000, "setpan", ArmNeed.ArmV8),
        new(0xff000e00, 0xfe000a00, "vsel, vmaxnm, vrint or vcvt of ARMv8", ArmNeed.ArmV8),
    ];
}
