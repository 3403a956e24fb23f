namespace Ferry.Elf.Instructions;

/// <summary>What a processor must have beyond ARMv6 (ARM1176: ARMv6K with the security extensions and VFPv2) to take an instruction.</summary>
public enum ArmNeed
{
    /// <summary>Nothing: ARMv6 has it, or it is no instruction of any version.</summary>
    None,

    /// <summary>ARMv6T2, and with it every ARMv7-A: movw, movt, ubfx, bfi, mls, rbit …</summary>
    ArmV6T2,

    /// <summary>Thumb-2: Thumb instructions of 32 bits other than bl and blx, and cbz, it and nop. Came with ARMv6T2, too.</summary>
    Thumb2,

    /// <summary>ARMv7: dmb, dsb, isb, pli.</summary>
    ArmV7,

    /// <summary>ARMv7 with the multiprocessing extensions: pldw.</summary>
    ArmV7MP,

    /// <summary>sdiv and udiv: Cortex-A7, A15 and later.</summary>
    Division,

    /// <summary>ARMv7 with the virtualization extensions: hvc, eret, mrs of banked registers.</summary>
    Virtualization,

    /// <summary>VFPv3: vmov of a constant, conversions of fixed-point numbers.</summary>
    VfpV3,

    /// <summary>Registers d16 to d31, which VFPv3 may have and NEON has.</summary>
    VfpD32,

    /// <summary>The half-precision extension of VFPv3.</summary>
    HalfPrecision,

    /// <summary>VFPv4: fused multiply-add.</summary>
    VfpV4,

    /// <summary>Advanced SIMD.</summary>
    Neon,

    /// <summary>ARMv8's instructions for AES.</summary>
    Aes,

    /// <summary>ARMv8's vmull.p64.</summary>
    Pmull,

    /// <summary>ARMv8's instructions for SHA-1.</summary>
    Sha1,

    /// <summary>ARMv8's instructions for SHA-256.</summary>
    Sha2,

    /// <summary>ARMv8's crc32.</summary>
    Crc32,

    /// <summary>ARMv8.</summary>
    ArmV8,
}
