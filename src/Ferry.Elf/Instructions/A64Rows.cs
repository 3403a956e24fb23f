namespace Ferry.Elf.Instructions;

/// <summary>
/// What the A64 instruction set has beyond ARMv8.0 (Cortex-A53, A57, A72 without their options), by the Arm Architecture Reference Manual for A-profile
/// (DDI 0487), C4. Features are named as the kernel does (Documentation/arch/arm64/elf_hwcaps.rst). Hints (bti, paciasp, dgh) are not among it: a processor that does not
/// know them takes them for nop. The first row that holds counts.
/// </summary>
internal static class A64Rows
{
    public static readonly A64Row[] All =
    [
        // C4.1.94: loads and stores; atomic memory operations
        new(0x3fa07c00, 0x08a07c00, "cas", "atomics"),
        new(0xbfa07c00, 0x08207c00, "casp", "atomics"),
        new(0x3ffffc00, 0x38bfc000, "ldapr", "lrcpc"),
        new(0x3f20fc00, 0x38208000, "swp", "atomics"),
        new(0x3f20fc00, 0x38200000, "ldadd", "atomics"),
        new(0x3f20fc00, 0x38201000, "ldclr", "atomics"),
        new(0x3f20fc00, 0x38202000, "ldeor", "atomics"),
        new(0x3f20fc00, 0x38203000, "ldset", "atomics"),
        new(0x3f208c00, 0x38200000, "ldsmax, ldsmin, ldumax or ldumin", "atomics"),
        new(0x3f200c00, 0x19000000, "ldapur or stlur", "ilrcpc"),
        new(0x3b200c00, 0x19000400, "cpy or set", "mops"),
        new(0xff200400, 0xf8200400, "ldraa", "paca"),
        new(0xff200000, 0xd9200000, "stg or ldg", "mte"),
        new(0xffc00000, 0x68800000, "stgp", "mte"),
        new(0xff400000, 0x69000000, "stgp", "mte"),

        // C4.1.95: data processing (register, immediate)
        new(0x7fe0e000, 0x1ac04000, "crc32", "crc32"),
        new(0xffff0000, 0xdac10000, "pac or aut", "paca"),
        new(0xffe0fc00, 0x9ac03000, "pacga", "pacg"),
        new(0xdfe0fc00, 0x9ac00000, "subp", "mte"),
        new(0xffe0f800, 0x9ac01000, "irg or gmi", "mte"),
        new(0xbfc00000, 0x91800000, "addg or subg", "mte"),
        new(0xffe07c10, 0xba000400, "rmif", "flagm"),
        new(0xffffbc1f, 0x3a00080d, "setf8 or setf16", "flagm"),
        new(0xffffffff, 0xd500401f, "cfinv", "flagm"),
        new(0xffffffdf, 0xd500401f, "axflag or xaflag", "flagm2"),

        // C4.1.93: branches, system
        new(0xfffffbff, 0xd65f0bff, "retaa or retab", "paca"),
        new(0xff9ff800, 0xd61f0800, "braaz or blraaz", "paca"),
        new(0xff9ff800, 0xd71f0800, "braa or blraa", "paca"),
        new(0xffffffff, 0xd50330ff, "sb", "sb"),
        new(0xffffffc0, 0xd53b2400, "mrs of rndr", "rng"),

        // C4.1.96: cryptographic
        new(0xffffcc00, 0x4e284800, "aese, aesd, aesmc or aesimc", "aes"),
        new(0xbfe0fc00, 0x0ee0e000, "pmull of 64 bits", "pmull"),
        new(0xffe0cc00, 0x5e000000, "sha1c, sha1p, sha1m or sha1su0", "sha1"),
        new(0xffffec00, 0x5e280800, "sha1h or sha1su1", "sha1"),
        new(0xffe0cc00, 0x5e004000, "sha256h or sha256su1", "sha2"),
        new(0xfffffc00, 0x5e282800, "sha256su0", "sha2"),
        new(0xffe0f800, 0xce608000, "sha512h", "sha512"),
        new(0xffe0fc00, 0xce608800, "sha512su1", "sha512"),
        new(0xfffffc00, 0xcec08000, "sha512su0", "sha512"),
        new(0xffe0fc00, 0xce608c00, "rax1", "sha3"),
        new(0xffe08000, 0xce000000, "eor3", "sha3"),
        new(0xffe08000, 0xce200000, "bcax", "sha3"),
        new(0xffe00000, 0xce800000, "xar", "sha3"),
        new(0xffe08000, 0xce400000, "sm3ss1", "sm3"),
        new(0xffe0c000, 0xce408000, "sm3tt", "sm3"),
        new(0xffe0f800, 0xce60c000, "sm3partw", "sm3"),
        new(0xffe0fc00, 0xce60c800, "sm4ekey", "sm4"),
        new(0xfffffc00, 0xcec08400, "sm4e", "sm4"),

        // C4.1.96: three of the same kind, extra; by element
        new(0x9fe0fc00, 0x0e809400, "sdot or udot", "asimddp"),
        new(0x9fc0f400, 0x0f80e000, "sdot or udot", "asimddp"),
        new(0xbf20f400, 0x2e008400, "sqrdmlah or sqrdmlsh", "asimdrdm"),
        new(0xff20f400, 0x7e008400, "sqrdmlah or sqrdmlsh", "asimdrdm"),
        new(0xbf00d400, 0x2f00d000, "sqrdmlah or sqrdmlsh", "asimdrdm"),
        new(0xff00d400, 0x7f00d000, "sqrdmlah or sqrdmlsh", "asimdrdm"),
        new(0xbf20e400, 0x2e00c400, "fcmla", "fcma"),
        new(0xbf009400, 0x2f001000, "fcmla", "fcma"),
        new(0xbfe0fc00, 0x2e40fc00, "bfdot", "bf16"),
        new(0xffe0fc00, 0x6e40ec00, "bfmmla", "bf16"),
        new(0xbfe0fc00, 0x2ec0fc00, "bfmlal", "bf16"),
        new(0xbf20ec00, 0x2e00e400, "fcadd", "fcma"),
        new(0xbfc0f400, 0x0f40f000, "bfdot", "bf16"),
        new(0xbfc0f400, 0x0fc0f000, "bfmlal", "bf16"),
        new(0xbffffc00, 0x0ea16800, "bfcvtn", "bf16"),
        new(0xfffffc00, 0x1e634000, "bfcvt", "bf16"),
        new(0xdfe0fc00, 0x4e80a400, "smmla or ummla", "i8mm"),
        new(0xffe0fc00, 0x4e80ac00, "usmmla", "i8mm"),
        new(0xbfe0fc00, 0x0e809c00, "usdot", "i8mm"),
        new(0xbf40f400, 0x0f00f000, "usdot or sudot", "i8mm"),
        new(0xbf60fc00, 0x0e20ec00, "fmlal or fmlsl", "asimdfhm"),
        new(0xbf60fc00, 0x2e20cc00, "fmlal2 or fmlsl2", "asimdfhm"),
        new(0xbfc0b400, 0x0f800000, "fmlal or fmlsl", "asimdfhm"),
        new(0xbfc0b400, 0x2f808000, "fmlal2 or fmlsl2", "asimdfhm"),

        // C4.1.96: numbers of 16 bits in vectors
        new(0x9f60c400, 0x0e400400, "arithmetic on vectors of 16-bit floats", "asimdhp"),
        new(0xdf60c400, 0x5e400400, "arithmetic on 16-bit floats", "asimdhp"),
        new(0x9f7e0c00, 0x0e780800, "arithmetic on vectors of 16-bit floats", "asimdhp"),
        new(0xdf7e0c00, 0x5e780800, "arithmetic on 16-bit floats", "asimdhp"),
        new(0xbfc0b400, 0x0f001000, "fmla or fmls of 16-bit floats", "asimdhp"),
        new(0x9fc0f400, 0x0f009000, "fmul of 16-bit floats", "asimdhp"),
        new(0xffc0b400, 0x5f001000, "fmla or fmls of 16-bit floats", "asimdhp"),
        new(0xdfc0f400, 0x5f009000, "fmul of 16-bit floats", "asimdhp"),
        new(0xbf7ffc00, 0x0e30c800, "fmaxnmv or fminnmv of 16-bit floats", "asimdhp"),
        new(0xbf7ffc00, 0x0e30f800, "fmaxv or fminv of 16-bit floats", "asimdhp"),
        new(0xff3fcc00, 0x5e30c800, "faddp, fmaxp or fminp of 16-bit floats", "asimdhp"),
        new(0x9ff0fc00, 0x0f10e400, "scvtf or ucvtf of 16-bit floats", "asimdhp"),
        new(0x9ff0fc00, 0x0f10fc00, "fcvtzs or fcvtzu of 16-bit floats", "asimdhp"),
        new(0xdff0fc00, 0x5f10e400, "scvtf or ucvtf of 16-bit floats", "asimdhp"),
        new(0xdff0fc00, 0x5f10fc00, "fcvtzs or fcvtzu of 16-bit floats", "asimdhp"),
        new(0xbff8fc00, 0x0f00fc00, "fmov of a 16-bit constant", "asimdhp"),

        // C4.1.97: numbers of 16 bits; conversions between them and longer ones are old
        new(0xfffffc00, 0x1ee24000, "fcvt", null),
        new(0xfffffc00, 0x1ee2c000, "fcvt", null),
        new(0xfffffc00, 0x1e7e0000, "fjcvtzs", "jscvt"),
        new(0xffbe7c00, 0x1e284000, "frint32 or frint64", "frint"),
        new(0x7fc00000, 0x1ec00000, "arithmetic on 16-bit floats", "fphp"),
        new(0xffc00000, 0x1fc00000, "fmadd of 16-bit floats", "fphp"),

        // C4.1: the encodings of SVE and SME, whatever is in them
        new(0x1e000000, 0x04000000, "an instruction of SVE", "sve"),
        new(0x9e000000, 0x80000000, "an instruction of SME", "sme"),
    ];
}
