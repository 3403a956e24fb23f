using Ferry.Elf.Tests.Inspection;

namespace Ferry.Elf.Tests;

/// <summary>The reader against binutils' readelf, on every ELF file of whole systems.</summary>
public class ReadelfTests
{
    [Theory]
    [InlineData("systems/armhf")]
    [InlineData("systems/armel")]
    [InlineData("systems/arm64")]
    [InlineData("systems/amd64")]
    [InlineData("foreign")]
    public void It_reads_every_file_of_a_system_as_readelf_does(string system)
    {
        var files = Systems.ElfFilesOf(system);
        files.Count.ShouldBeGreaterThan(50);
        var different = new List<string>();
        foreach (var (path, lines) in Readelf.Describe(files))
        {
            // The order of the tables is readelf's own affair; the order within a kind of fact counts.
            var file = ElfFile.Read(File.ReadAllBytes(path));
            var expected = Sorted([.. ReadelfFacts.Of(lines), .. ReadelfNature.Of(lines)]);
            var actual = Sorted([.. ElfFacts.Of(file), .. NatureFacts.Of(file)]);
            var first = expected.Zip(actual).FirstOrDefault(pair => pair.First != pair.Second);
            if (first != default || expected.Count != actual.Count)
            {
                different.Add($"{path}: readelf has {expected.Count} facts, the reader {actual.Count}\n  readelf:    {first.First}\n  the reader: {first.Second}");
            }
        }

        different.Count.ShouldBe(0, string.Join('\n', different.Take(6)));
    }

    private static List<string> Sorted(List<string> facts) => [.. facts.OrderBy(fact => fact[..fact.IndexOf(' ')], StringComparer.Ordinal)];
}
