using System.Text;
using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Archives;
using Ferry.Linking;
using Ferry.Toolchain;

namespace Ferry.Remote.Packing;

/// <summary>
/// Which object brought the wish for a symbol into a program: looked up where cargo keeps what it linked, among the crates and what build scripts made. Asked when
/// something is wrong, so it may take its time.
/// </summary>
internal static class SymbolOrigin
{
    /// <summary>A finding's cause, and who brought the symbol that it is about; that is nobody's when it is the program's own crate, whose objects rustc removes.</summary>
    public static string? CauseOf(Finding finding, string path) =>
        finding.Symbol is { } symbol && Of(path, symbol) is { } origin
            ? $"{finding.Cause}; wanted by {origin}{(CrateName.Of(origin) is { } crate ? $" of crate {crate}" : "")}" : finding.Cause;

    private static LinkedObject? Of(string path, string symbol)
    {
        var output = LibrariesAlong.OutputFolder(path);
        var linked = ElfFile.Read(File.ReadAllBytes(path)).Symbols.Where(IsShared).Select(known => known.Name).ToHashSet();
        return Archives(output).Select(archive => In(archive, symbol, linked)).FirstOrDefault(found => found is not null);
    }

    private static IEnumerable<string> Archives(string output)
    {
        var deep = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        IEnumerable<string> In(string folder, string pattern) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, pattern, deep).Order(StringComparer.Ordinal) : [];
        return In(Path.Combine(output, "deps"), "*.rlib").Concat(In(Path.Combine(output, "build"), "*.a"));
    }

    private static LinkedObject? In(string path, string symbol, HashSet<string> linked)
    {
        try
        {
            using var file = new MappedBytes(path);
            // Most archives do not even hold the name.
            return file.Memory.Span.IndexOf(Encoding.UTF8.GetBytes($"\0{symbol}\0")) < 0 ? null
                : ElfArchive.Read(file.Memory).Members.Where(member => Wants(member, symbol, linked)).Select(member => new LinkedObject(path, member.Name)).FirstOrDefault();
        }
        catch (Exception e) when (e is ElfFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Of an archive only those members are in the program whose own symbols are.
    private static bool Wants(ArchiveMember member, string symbol, HashSet<string> linked)
    {
        if (!member.Content.Span.StartsWith("\u007fELF"u8))
        {
            return false;
        }

        var symbols = ElfFile.Read(member.Content).Symbols;
        return symbols.Any(wanted => !wanted.IsDefined && wanted.Name == symbol) && symbols.Any(own => IsShared(own) && linked.Contains(own.Name));
    }

    private static bool IsShared(ElfSymbol symbol) => symbol is { IsDefined: true, Binding: not ElfSymbolBinding.Local, Name.Length: > 0 };
}
