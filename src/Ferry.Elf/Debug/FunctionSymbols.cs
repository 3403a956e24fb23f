namespace Ferry.Elf.Debug;

/// <summary>Functions of a file by their symbols, for code that has no debug info.</summary>
public sealed class FunctionSymbols
{
    private readonly (ulong Start, ulong Size, string Name)[] functions;

    /// <summary>Takes .symtab, or .dynsym where that was stripped.</summary>
    /// <exception cref="ElfFormatException">The table is broken.</exception>
    public FunctionSymbols(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var symbols = file.Symbols.Count > 0 ? file.Symbols : file.DynamicSymbols;
        // Bit 0 of an ARM function's address says Thumb.
        var mask = file.Machine == ElfMachine.Arm ? ~1ul : ~0ul;
        functions = [.. symbols.Where(symbol => symbol.IsDefined && symbol.Type is ElfSymbolType.Function or ElfSymbolType.GnuIndirectFunction && symbol.Name.Length > 0)
            .Select(symbol => (symbol.Value & mask, symbol.Size, symbol.Name)).OrderBy(function => function.Item1)];
    }

    /// <summary>The function that an address lies in, and how far into it; null when there is none. One without a size reaches up to the next.</summary>
    public (string Name, ulong Offset)? At(ulong address)
    {
        var (low, high) = (0, functions.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = functions[middle].Start <= address ? (middle + 1, high) : (low, middle);
        }

        // Aliases share an address, and one of them may have no size.
        for (var i = low - 1; i >= 0 && functions[i].Start == functions[low - 1].Start; i--)
        {
            var (start, size, name) = functions[i];
            if (address - start < size || size == 0)
            {
                return (name, address - start);
            }
        }

        return null;
    }
}
