using Ferry.Elf;

namespace Ferry.Toolchain;

/// <summary>ELF files that Ferry keeps and can make again.</summary>
internal static class ElfOnDisk
{
    /// <summary>False for one that is missing or was cut short: rustc and the linkers put the table of sections at the end.</summary>
    public static bool IsWhole(string path)
    {
        try
        {
            return ElfFile.Read(File.ReadAllBytes(path)).Sections.Count > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ElfFormatException)
        {
            return false;
        }
    }
}
