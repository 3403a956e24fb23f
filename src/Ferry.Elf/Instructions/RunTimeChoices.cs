namespace Ferry.Elf.Instructions;

/// <summary>
/// Functions of C run-time libraries that hold newer instructions and are never reached on a processor without them, wherever they are linked in:
/// unwinders save and restore d16 to d31 only when the unwind table of a function on the stack says so (EHABI, 9.3), which code without these
/// registers never does; musl takes the atomics that the kernel's AT_PLATFORM allows. They are also in libraries that were built for ARMv5.
/// </summary>
internal static class RunTimeChoices
{
    private static readonly HashSet<string> Functions =
    [
        "__gnu_Unwind_Save_VFP_D_16_to_31", "__gnu_Unwind_Restore_VFP_D_16_to_31", // libgcc: libgcc_s.so.1, libgcc_eh.a
        "_ZN9libunwind13Registers_arm9saveVFPv3EPv", "_ZN9libunwind13Registers_arm12restoreVFPv3EPv", // LLVM's libunwind, in Rust's std for musl
        "_ZN9libunwind13Registers_arm9saveVFPv3EPy", "_ZN9libunwind13Registers_arm12restoreVFPv3EPy",
        "__a_barrier_v7", "__a_cas_v7", // musl: src/thread/arm/atomics.s
    ];

    // libgcc, compiler-rt, Rust's compiler_builtins: "outline atomics", which look whether the processor has LSE (-moutline-atomics of GCC and Clang).
    private const string OutlineAtomics = "__aarch64_";

    public static bool Contain(string? function) =>
        function is not null && (Functions.Contains(function) || function.StartsWith(OutlineAtomics, StringComparison.Ordinal));
}
