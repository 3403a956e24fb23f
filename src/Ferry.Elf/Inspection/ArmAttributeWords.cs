namespace Ferry.Elf.Inspection;

/// <summary>
/// The names and values of ARM build attributes in the words of "Addenda to, and Errata in, the ABI for the Arm Architecture", and of readelf where
/// that is shorter. A value that the table lacks comes through as its number.
/// </summary>
public static class ArmAttributeWords
{
    private static readonly string[] Allowed = ["not allowed", "allowed"];
    private static readonly string[] Used = ["unused", "needed"];

    private static readonly Dictionary<uint, (string Name, string[] Values)> Table = new()
    {
        [4] = ("CPU_raw_name", []),
        [5] = ("CPU_name", []),
        [6] = ("CPU_arch", [
            "pre-ARMv4", "ARMv4", "ARMv4T", "ARMv5T", "ARMv5TE", "ARMv5TEJ", "ARMv6", "ARMv6KZ", "ARMv6T2", "ARMv6K", "ARMv7", "ARMv6-M", "ARMv6S-M", "ARMv7E-M",
            "ARMv8-A", "ARMv8-R", "ARMv8-M.baseline", "ARMv8-M.mainline", "ARMv8.1-A", "ARMv8.2-A", "ARMv8.3-A", "ARMv8.1-M.mainline", "ARMv9-A"]),
        [7] = ("CPU_arch_profile", []),
        [8] = ("ARM_ISA_use", ["no ARM code", "ARM code"]),
        [9] = ("THUMB_ISA_use", ["no Thumb code", "Thumb code of 16 bits", "Thumb-2 code", "Thumb code as the architecture has it"]),
        [10] = ("FP_arch", ["none", "VFPv1", "VFPv2", "VFPv3", "VFPv3-D16", "VFPv4", "VFPv4-D16", "FP of ARMv8-A", "FP of ARMv8-A, D16"]),
        [11] = ("WMMX_arch", ["none", "WMMXv1", "WMMXv2"]),
        [12] = ("Advanced_SIMD_arch", ["none", "NEON", "NEON with fused multiply-add", "NEON of ARMv8-A", "NEON of ARMv8.1-A"]),
        [13] = ("PCS_config", ["none", "bare platform", "Linux program", "Linux shared object", "Palm OS 2004", "Palm OS", "Symbian OS 2004", "Symbian OS"]),
        [14] = ("ABI_PCS_R9_use", ["general purpose", "static base", "thread pointer", "unused"]),
        [15] = ("ABI_PCS_RW_data", ["absolute", "PC-relative", "SB-relative", "none"]),
        [16] = ("ABI_PCS_RO_data", ["absolute", "PC-relative", "none"]),
        [17] = ("ABI_PCS_GOT_use", ["none", "direct", "through the GOT"]),
        [18] = ("ABI_PCS_wchar_t", ["not used", "1", "2 bytes", "3", "4 bytes"]),
        [19] = ("ABI_FP_rounding", Used),
        [20] = ("ABI_FP_denormal", ["unused", "needed", "sign only"]),
        [21] = ("ABI_FP_exceptions", Used),
        [22] = ("ABI_FP_user_exceptions", Used),
        [23] = ("ABI_FP_number_model", ["no floating point", "finite numbers", "run-time ABI's", "IEEE 754"]),
        [24] = ("ABI_align_needed", ["none", "8 bytes", "4 bytes"]),
        [25] = ("ABI_align_preserved", ["none", "8 bytes, except leaf SP", "8 bytes"]),
        [26] = ("ABI_enum_size", ["no enumerations", "smallest that fits", "int", "int where others see it"]),
        [27] = ("ABI_HardFP_use", ["as FP_arch", "single precision only", "reserved", "as FP_arch (old form)"]),
        [28] = ("ABI_VFP_args", ["integer registers (soft float)", "VFP registers (hard float)", "the toolchain's own", "none are passed"]),
        [29] = ("ABI_WMMX_args", ["integer registers", "WMMX registers", "the toolchain's own"]),
        [30] = ("ABI_optimization_goals", ["none", "speed", "speed above all", "size", "size above all", "debugging", "debugging above all"]),
        [31] = ("ABI_FP_optimization_goals", ["none", "speed", "speed above all", "size", "size above all", "accuracy", "accuracy above all"]),
        [32] = ("compatibility", []),
        [34] = ("CPU_unaligned_access", ["none", "as ARMv6"]),
        [36] = ("FP_HP_extension", ["as FP_arch", "half precision"]),
        [38] = ("ABI_FP_16bit_format", ["none", "IEEE 754", "alternative format"]),
        [42] = ("MPextension_use", Allowed),
        [44] = ("DIV_use", ["as the architecture has it", "not allowed", "in ARM code, too"]),
        [46] = ("DSP_extension", ["as the architecture has it", "allowed"]),
        [48] = ("MVE_arch", ["none", "integers", "integers and floating point"]),
        [50] = ("PAC_extension", ["not allowed", "as hints", "allowed"]),
        [52] = ("BTI_extension", ["not allowed", "as hints", "allowed"]),
        [64] = ("nodefaults", []),
        [65] = ("also_compatible_with", []),
        [66] = ("T2EE_use", Allowed),
        [67] = ("conformance", []),
        [68] = ("Virtualization_use", ["not allowed", "TrustZone", "virtualization extensions", "TrustZone and virtualization extensions"]),
        [70] = ("MPextension_use", Allowed),
        [72] = ("FramePointer_use", ["none", "frame record", "frame pointer"]),
        [74] = ("BTI_use", ["not used", "used"]),
        [76] = ("PACRET_use", ["not used", "used"]),
    };

    /// <summary>Such as FP_arch; "tag 77" for one that the table lacks.</summary>
    public static string Name(ArmAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        return Table.TryGetValue(attribute.Tag, out var row) ? row.Name : $"tag {attribute.Tag}";
    }

    /// <summary>Such as VFPv3-D16.</summary>
    public static string Value(ArmAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        var number = attribute.Number is { } value ? Number(attribute.Tag, value) : null;
        return string.Join(" ", new[] { number, attribute.Text }.Where(part => part is not null));
    }

    private static string Number(uint tag, ulong value) =>
        tag == 7 ? Profile(value)
        : Table.TryGetValue(tag, out var row) && value < (ulong)row.Values.Length ? row.Values[value]
        : value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    // The values are letters.
    private static string Profile(ulong letter) => letter switch
    {
        0 => "any",
        'A' => "application",
        'R' => "real-time",
        'M' => "microcontroller",
        'S' => "application or real-time",
        _ => letter.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
