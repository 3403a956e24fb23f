using Ferry.Elf.Inspection;

namespace Ferry.Elf.Tests.Inspection;

/// <summary>What the reader says, in the form of <see cref="ReadelfNature"/>.</summary>
internal static class NatureFacts
{
    public static IEnumerable<string> Of(ElfFile file)
    {
        var protection = Protection.Of(file);
        yield return $"relro {protection.Relro}";
        yield return $"pie {FileNature.Of(file).Linkage is Linkage.StaticPie or Linkage.DynamicPie}";
        yield return $"stack {protection.ExecutableStack}";
        foreach (var attribute in file.ArmAttributes?.All ?? [])
        {
            yield return $"attribute {ArmAttributeWords.Name(attribute)}";
        }
    }
}
