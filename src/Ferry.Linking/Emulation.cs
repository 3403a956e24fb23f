namespace Ferry.Linking;

/// <summary>What lld must be told of an architecture.</summary>
/// <param name="Name">lld's <c>-m</c>.</param>
/// <param name="Options">What a C compiler for it adds to every line.</param>
public sealed record Emulation(string Name, IReadOnlyList<string> Options)
{
    private static readonly Dictionary<string, Emulation> ByArchitecture = new()
    {
        // Cortex-A53 (Raspberry Pi 3, Zynq UltraScale+) may compute wrong addresses in some sequences of instructions; the
        // linker looks for them, as the gcc of Debian has it do.
        ["aarch64"] = new("aarch64linux", ["--fix-cortex-a53-843419"]),
        ["arm"] = new("armelf_linux_eabi", []),
        ["armv5te"] = new("armelf_linux_eabi", []),
        ["armv7"] = new("armelf_linux_eabi", []),
        ["thumbv7neon"] = new("armelf_linux_eabi", []),
        ["i686"] = new("elf_i386", []),
        ["riscv64gc"] = new("elf64lriscv", []),
        ["x86_64"] = new("elf_x86_64", []),
    };

    /// <summary>The row of a Rust target.</summary>
    /// <exception cref="LinkerLineException">Ferry does not link for this architecture.</exception>
    public static Emulation Of(string target) =>
        ByArchitecture.GetValueOrDefault(target.Split('-')[0])
        ?? throw new LinkerLineException(target, $"Ferry does not link for target '{target}'");
}
