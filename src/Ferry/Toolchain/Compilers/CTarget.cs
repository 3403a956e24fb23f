namespace Ferry.Toolchain.Compilers;

/// <summary>A Rust target in the words of C compilers.</summary>
/// <param name="Triple">Rust's name.</param>
/// <param name="Clang">For clang's <c>--target</c>. The processor's version must be in it: clang takes a plain <c>arm-linux-gnueabihf</c> for ARMv7.</param>
/// <param name="Zig">For <c>zig cc -target</c>: architecture, system and ABI, without a vendor.</param>
/// <param name="ZigCpu">For <c>zig cc -mcpu</c>, which takes no <c>-march</c>; null for the architecture's usual one.</param>
/// <param name="Machine">What clang and gcc must be told, so that C code runs wherever Rust's code of this target does.</param>
/// <param name="Prefixes">What stands before <c>-gcc</c> in the names of cross compilers.</param>
/// <param name="Folder">Debian's name for its folders of headers and libraries (multiarch), which other systems' cross compilers use as well.</param>
internal sealed record CTarget(string Triple, string Clang, string Zig, string? ZigCpu, IReadOnlyList<string> Machine, IReadOnlyList<string> Prefixes, string Folder)
{
    public bool IsMusl => Zig.Contains("musl", StringComparison.Ordinal);

    /// <summary>The processor as cmake calls it (uname -m).</summary>
    public string Processor => Clang.Split('-')[0] is var architecture && architecture.StartsWith("armv", StringComparison.Ordinal) ? architecture + "l" : architecture;

    /// <summary>A target that the table does not have gets no options: compilers know it by its name or not at all.</summary>
    public static CTarget Of(string triple)
    {
        var parts = triple.Split('-');
        var (architecture, abi) = (parts[0], parts[^1]);
        var row = Array.Find(CArchitecture.All, known => known.Rust == architecture) ?? new CArchitecture(architecture, architecture, architecture, [architecture]);
        var hard = abi.EndsWith("hf", StringComparison.Ordinal);
        return new(
            triple,
            $"{row.Clang}-unknown-linux-{abi}",
            $"{row.Zig}-linux-{abi}",
            hard ? row.ZigHardFloat : row.ZigSoftFloat,
            hard ? row.HardFloat : row.SoftFloat,
            [.. row.Prefixes.SelectMany(prefix => (string[])[$"{prefix}-linux-{abi}", $"{prefix}-unknown-linux-{abi}", $"{prefix}-none-linux-{abi}"])],
            $"{row.Prefixes[0]}-linux-{abi}");
    }

    /// <summary>The glibc target whose prefixed compiler can make objects for this musl target, once it is given musl's headers.</summary>
    public CTarget WithGlibc() => Of(Triple.Replace("-musl", "-gnu", StringComparison.Ordinal));
}
