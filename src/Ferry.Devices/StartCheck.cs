using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>Whether the program begins anywhere: an entry point in code, and start-up code where there is a <c>main</c> to be called.</summary>
internal static class StartCheck
{
    private const string Help = "take linker = \"…-ld\" out of .cargo/config.toml; Ferry links it: ferry build --on ";

    public static IEnumerable<Finding> Of(ElfFile program, string name, DeviceFacts device)
    {
        if (program is { Type: ElfType.SharedObject, Entry: 0, Interpreter: null } && program.Dynamic is { IsPie: false })
        {
            return [FindingKinds.NotAProgram.Of($"'{name}' is a shared library, not a program", program.Dynamic.SoName is { } soName ? $"others need it as {soName}" : "it has no entry point and no loader")];
        }

        return program is { Interpreter: null, Dynamic: { Needed: [var first, ..] } dynamic } && (program.Type == ElfType.Executable || dynamic.IsPie)
            ? [FindingKinds.NoStart.Of($"'{name}' needs {first}, but names no loader that would bring it", "it has a dynamic section and no PT_INTERP", Help + device.Name)]
            : !IsInCode(program) ? [FindingKinds.NoStart.Of($"'{name}' has no entry point", Entry(program), Help + device.Name)]
            : HasMainThatNobodyCalls(program) ? [FindingKinds.NoStart.Of(
                $"'{name}' has a main function, but no start-up code that calls it",
                "it names a loader and defines main, but neither defines _start nor asks the C library for __libc_start_main", Help + device.Name)]
            : [];
    }

    private static bool IsInCode(ElfFile program) => program.Entry != 0 && program.Segments.Any(segment =>
        segment.Type == ElfSegmentType.Load && (segment.Flags & ElfSegmentFlags.Execute) != 0
        && program.Entry >= segment.Address && program.Entry - segment.Address < segment.MemorySize);

    private static string Entry(ElfFile program) => program.Entry == 0 ? "its header names address 0" : $"its header names address 0x{program.Entry:x}, where there is no code";

    // Go and hand-written programs have a start of their own under another name; none of them has a main beside it.
    private static bool HasMainThatNobodyCalls(ElfFile program) =>
        program.Interpreter is not null && program.Symbols.Any(symbol => symbol is { Name: "main", IsDefined: true, Binding: ElfSymbolBinding.Global })
        && !program.Symbols.Concat(program.DynamicSymbols).Any(symbol => symbol.Name is "__libc_start_main" or "_start" or "__start" || symbol.Name.StartsWith("__libc_start_main@", StringComparison.Ordinal));
}
