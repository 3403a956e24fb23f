using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Archives;
using Ferry.Linking;

namespace Ferry.Doors;

/// <summary>What an input of a link is, in words: "an aarch64 object".</summary>
internal static class ObjectKind
{
    /// <summary>Null when it cannot be told.</summary>
    public static string? Of(LinkedObject input)
    {
        try
        {
            var bytes = File.ReadAllBytes(input.Path);
            var file = ElfFile.Read(input.Member is null ? bytes : ElfArchive.Read(bytes).Members.First(member => member.Name == input.Member).Content);
            return $"{Article(MachineNames.Of(file.Machine))}{FloatAbi(file)} {(file.Type == ElfType.SharedObject ? "shared library" : "object")}";
        }
        catch (Exception e) when (e is ElfFormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Article(string noun) => (noun[0] is 'a' or 'i' ? "an " : "a ") + noun;

    private static string FloatAbi(ElfFile file) => file.ArmFloatAbi switch
    {
        ArmFloatAbi.Hard => " hard-float",
        ArmFloatAbi.Soft => " soft-float",
        _ => "",
    };
}
