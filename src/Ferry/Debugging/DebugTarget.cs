using Ferry.Elf;
using Ferry.Linking;
using Ferry.Toolchain;

namespace Ferry.Debugging;

/// <summary>The program as it lies here, with its debug info, and where its own code begins.</summary>
/// <param name="StartName">The function to stop at, as debuggers spell it: <c>hello::main</c>; null when there is none of that name.</param>
/// <param name="StartSymbol">The same function's symbol.</param>
/// <param name="HasDebugInfo">Whether there is any: a debugger without has names, but no lines and no variables.</param>
internal sealed record DebugTarget(string? StartName, string? StartSymbol, bool HasDebugInfo)
{
    /// <param name="path">The program.</param>
    /// <param name="function">The function's path: the crate's name and what follows.</param>
    public static DebugTarget Read(string path, string function)
    {
        // Little of it is looked at: most is debug info.
        using var bytes = new MappedBytes(path);
        var elf = ElfFile.Read(bytes.Memory);
        // The runtime's main calls the program's own; only that one has source.
        var symbol = Functions(elf, function[(function.LastIndexOf(':') + 1)..]).FirstOrDefault(found => found.Path == function).Symbol;
        return new(symbol is null ? null : function, symbol, elf.Sections.Any(section => section.Name is ".debug_info" or ".zdebug_info"));
    }

    /// <summary>Rust's functions in whose symbols a word stands.</summary>
    public static IEnumerable<(string Symbol, string Path)> Functions(ElfFile elf, string word)
    {
        foreach (var symbol in elf.Symbols)
        {
            if (symbol.IsDefined && symbol.Name.Contains(word, StringComparison.Ordinal) && RustSymbol.Readable(symbol.Name) is var path && path != symbol.Name)
            {
                yield return (symbol.Name, path);
            }
        }
    }
}
