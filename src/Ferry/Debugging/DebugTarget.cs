using Ferry.Elf;
using Ferry.Linking;

namespace Ferry.Debugging;

/// <summary>The program as it lies here, with its debug info, and where its own code begins.</summary>
/// <param name="Path">The program.</param>
/// <param name="Machine">What it is for.</param>
/// <param name="StartName">The function to stop at, as debuggers spell it: <c>hello::main</c>; null when there is none of that name.</param>
/// <param name="StartSymbol">The same function's symbol.</param>
internal sealed record DebugTarget(string Path, ElfMachine Machine, string? StartName, string? StartSymbol)
{
    /// <param name="path">The program.</param>
    /// <param name="function">The function's path: the crate's name and what follows.</param>
    public static DebugTarget Read(string path, string function)
    {
        var elf = ElfFile.Read(File.ReadAllBytes(path));
        // The runtime's main calls the program's own; only that one has source.
        var symbol = elf.Symbols.FirstOrDefault(symbol => symbol.IsDefined && RustSymbol.Readable(symbol.Name) == function).Name;
        return new(path, elf.Machine, symbol is null ? null : function, symbol);
    }

    /// <summary>Whether there is any debug info in it: a debugger without has names, but no lines and no variables.</summary>
    public bool HasDebugInfo => ElfFile.Read(File.ReadAllBytes(Path)).Sections.Any(section => section.Name is ".debug_info" or ".zdebug_info");
}
