using Ferry.Lab;

namespace Ferry.Elf.Tests;

/// <summary>The ELF files of the unpacked systems of the lab (tests/lab/systems, tests/lab/foreign).</summary>
internal static class Systems
{
    /// <summary>Their paths, in order. Skips the test if the system is not there.</summary>
    public static List<string> ElfFilesOf(string system)
    {
        var root = Path.Combine(Repository.Cache, system);
        Assert.SkipUnless(Directory.Exists(root), $"no {root}; ./test makes it");
        // Only what has its own bytes: following links could lead out of the system.
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return [.. Directory.EnumerateFiles(root, "*", all).Where(IsElf).Order(StringComparer.Ordinal)];
    }

    private static bool IsElf(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual("\u007fELF"u8);
    }
}
