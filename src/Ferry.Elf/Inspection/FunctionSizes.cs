namespace Ferry.Elf.Inspection;

/// <summary>The functions of a file by their symbols, each place once.</summary>
/// <param name="Functions">In the order of the symbol table.</param>
/// <param name="Code">The bytes of all executable sections.</param>
/// <param name="AreExportsOnly">Whether the symbol table is gone, so that only what other files may call has a name.</param>
public sealed record FunctionSizes(IReadOnlyList<FunctionSize> Functions, ulong Code, bool AreExportsOnly)
{
    /// <summary>Reads the symbol table.</summary>
    /// <exception cref="ElfFormatException">It is broken.</exception>
    public static FunctionSizes Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var stripped = file.Symbols.Count == 0;
        var thumb = file.Machine == ElfMachine.Arm ? ~1ul : ulong.MaxValue;
        var places = new Dictionary<(uint, ulong), FunctionSize>();
        foreach (var symbol in stripped ? file.DynamicSymbols : file.Symbols)
        {
            var place = (symbol.SectionIndex, symbol.Value & thumb);
            // Of several names for one place the first will do; not one without a size.
            if (IsFunction(symbol) && IsCode(file, symbol.SectionIndex))
            {
                // A damaged size counts for no more than there is.
                places.TryAdd(place, new FunctionSize(symbol.Name, Math.Min(symbol.Size, file.SectionArray[symbol.SectionIndex].Size)));
            }
        }

        var code = file.SectionArray.Where(IsCode).Aggregate(0ul, (sum, section) => sum + section.Size);
        return new FunctionSizes([.. places.Values], code, stripped);
    }

    private static bool IsFunction(ElfSymbol symbol) => symbol is { IsDefined: true, Size: > 0, Type: ElfSymbolType.Function or ElfSymbolType.GnuIndirectFunction };

    private static bool IsCode(ElfFile file, uint index) => index < (uint)file.SectionArray.Length && IsCode(file.SectionArray[index]);

    private static bool IsCode(ElfSection section) => section.Type == ElfSectionType.ProgramBits && (section.Flags & ElfSectionFlags.Execute) != 0;
}
