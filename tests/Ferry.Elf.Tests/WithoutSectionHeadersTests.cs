namespace Ferry.Elf.Tests;

/// <summary>A file whose section headers are gone runs as before, so it must read as before.</summary>
public class WithoutSectionHeadersTests
{
    [Theory]
    [InlineData("systems/armhf")]
    [InlineData("systems/arm64")]
    [InlineData("systems/amd64")]
    [InlineData("foreign")]
    public void What_the_loader_sees_is_found_through_the_program_headers(string system)
    {
        var compared = 0;
        foreach (var path in Systems.ElfFilesOf(system))
        {
            var bytes = File.ReadAllBytes(path);
            var whole = ElfFile.Read(bytes);
            if (whole.Dynamic is null)
            {
                continue;
            }

            var bare = ElfFile.Read(WithoutSectionHeaders(bytes));
            bare.Sections.ShouldBeEmpty();
            bare.Dynamic!.Needed.ShouldBe(whole.Dynamic.Needed, path);
            bare.Dynamic.SoName.ShouldBe(whole.Dynamic.SoName, path);
            bare.Interpreter.ShouldBe(whole.Interpreter, path);
            bare.BuildId.ShouldBe(whole.BuildId, path);
            bare.AbiTag.ShouldBe(whole.AbiTag, path);
            bare.VersionDefinitions.Select(definition => definition.Name).ShouldBe(whole.VersionDefinitions.Select(definition => definition.Name), path);
            Symbols(bare.DynamicSymbols).ShouldBe(Symbols(whole.DynamicSymbols).Take(bare.DynamicSymbols.Count), path);
            Versions(bare).ShouldBe(Versions(whole), path);
            // Only symbols that no relocation names and that are not for others may be missed: undefined or nameless ones.
            whole.DynamicSymbols.Skip(bare.DynamicSymbols.Count).ShouldAllBe(symbol => !symbol.IsDefined || symbol.Name.Length == 0, path);
            compared++;
        }

        compared.ShouldBeGreaterThan(20);
    }

    private static List<string> Symbols(IEnumerable<ElfSymbol> symbols) => [.. symbols.Select(symbol => $"{symbol} {symbol.Value:x}")];

    private static List<string> Versions(ElfFile file) =>
        [.. file.VersionNeeds.SelectMany(need => need.Versions.Select(version => $"{need.File} {version.Name} {version.IsWeak} {version.Symbols.Count != 0}"))];

    private static byte[] WithoutSectionHeaders(byte[] bytes)
    {
        var bare = (byte[])bytes.Clone();
        var wide = bare[4] == 2;
        bare.AsSpan(wide ? 40 : 32, wide ? 8 : 4).Clear(); // e_shoff
        bare.AsSpan(wide ? 58 : 46, 6).Clear(); // e_shentsize, e_shnum, e_shstrndx
        return bare;
    }
}
