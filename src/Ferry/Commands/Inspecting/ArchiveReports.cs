using Ferry.Elf;
using Ferry.Elf.Archives;
using Ferry.Elf.Inspection;

namespace Ferry.Commands.Inspecting;

/// <summary>Looks at each member of an archive.</summary>
internal static class ArchiveReports
{
    /// <exception cref="ElfFormatException">The archive is broken; members that are, are told as that.</exception>
    public static ArchiveReport Of(ElfArchive archive) =>
        new(archive.IsThin, [.. archive.Members.Select(member => new MemberReport(member.Name, member.Content.Length, What(member)))]);

    private static string? What(ArchiveMember member)
    {
        var content = member.Content;
        // rustc wraps its metadata in an object that holds nothing else.
        if (member.Name == "lib.rmeta" || !content.Span.StartsWith("\u007fELF"u8))
        {
            return null;
        }

        try
        {
            var file = ElfFile.Read(content);
            return ObjectGlance.Of(content) is { } item ? PlatformWords.Of(item) : $"{PlatformWords.Of(file)}, but not an object";
        }
        catch (ElfFormatException e)
        {
            return $"a damaged ELF file: {e.What}";
        }
    }
}
