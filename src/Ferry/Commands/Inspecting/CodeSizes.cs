using Ferry.Elf;
using Ferry.Elf.Inspection;
using Ferry.Linking;

namespace Ferry.Commands.Inspecting;

/// <summary>Code by crate and by function, the largest first.</summary>
internal sealed record CodeSizes(IReadOnlyList<SizeReport> Crates, IReadOnlyList<FunctionReport> Functions, ulong WithoutSymbols)
{
    public static CodeSizes Of(ElfFile file)
    {
        var sizes = FunctionSizes.Of(file);
        var functions = sizes.Functions
            .GroupBy(function => (Crate: SymbolCrate.Of(function.Symbol), Name: RustSymbol.Readable(function.Symbol)))
            .Select(forms => new FunctionReport(forms.Key.Name, forms.Key.Crate, Sum(forms.Select(form => form.Size)), forms.Count()))
            .OrderByDescending(function => function.Size).ThenBy(function => function.Name, StringComparer.Ordinal).ToList();
        var crates = functions.GroupBy(function => function.Crate)
            .Select(crate => new SizeReport(crate.Key, Sum(crate.Select(function => function.Size)), crate.Sum(function => function.Forms)))
            .OrderByDescending(crate => crate.Size).ThenBy(crate => crate.Name, StringComparer.Ordinal).ToList();
        var named = Sum(functions.Select(function => function.Size));
        return new CodeSizes(crates, functions, named < sizes.Code ? sizes.Code - named : 0);
    }

    private static ulong Sum(IEnumerable<ulong> sizes) => sizes.Aggregate(0ul, (sum, size) => sum + size);
}
