using Ferry.Elf;
using Ferry.Elf.Instructions;
using Ferry.Lab;

namespace Ferry.Devices.Tests;

/// <summary>Every program of whole Debian systems on the device that it belongs to: nothing is found, for there it runs.</summary>
public class WholeSystemTests
{
    [Theory]
    [InlineData("arm64", "board-pi4")]
    [InlineData("armhf", "board-pi3-32")]
    [InlineData("armel", "board-zero")]
    public void No_program_of_a_system_gets_a_finding_on_its_own_device(string system, string report)
    {
        var files = Elf(system);
        var device = new DeviceFacts { Name = "pi", Profile = Cases.Profile(report), Libraries = Libraries(files) };
        var profile = device.Profile;
        // A system has many more libraries than the board's report, which was made of a smaller one.
        device = device with { Profile = profile with { LibraryFolders = [.. profile.LibraryFolders.Select(folder => folder with { Names = [.. folder.Names, .. device.Libraries.Keys] })] } };
        var programs = files.Where(file => IsProgram(file.Path, file.Elf)).ToList();
        programs.Count.ShouldBeGreaterThan(200);
        var found = programs.SelectMany(file => ProgramCheck.Of(file.Elf, Path.GetFileName(file.Path), device).Select(finding => $"{file.Path}: {finding.Id}: {finding.Message}; {finding.Cause}")).ToList();
        found.ShouldBeEmpty(string.Join('\n', found.Take(10)));
    }

    [Fact]
    public void No_library_that_Rust_brings_for_AArch64_needs_more_than_the_first_of_them()
    {
        var folder = Path.Combine(Repository.Cache, "toolchain/lib/rustlib");
        Assert.SkipUnless(Directory.Exists(folder), $"no {folder}; ./test makes it");
        var needs = Directory.EnumerateFiles(folder, "*.rlib", SearchOption.AllDirectories).Where(path => path.Contains("/aarch64-"))
            .SelectMany(path => Ferry.Elf.Archives.ElfArchive.Read(File.ReadAllBytes(path)).Members)
            .Where(member => member.Content.Span.StartsWith("\u007fELF"u8))
            .SelectMany(member => CodeNeeds.Of(ElfFile.Read(member.Content)).Select(need => $"{member.Name}: {need}")).ToList();
        needs.ShouldBeEmpty();
    }

    private static bool IsProgram(string path, ElfFile file) =>
        file.Type is ElfType.Executable or ElfType.SharedObject && (file.Interpreter is not null || (file.Entry != 0 && file.Dynamic is not { Needed.Count: > 0, IsPie: false } && path.Contains("bin/")));

    private static Dictionary<string, LibraryFacts> Libraries(List<(string Path, ElfFile Elf)> files)
    {
        var libraries = new Dictionary<string, LibraryFacts>();
        foreach (var (path, elf) in files.Where(file => file.Path.Contains("/lib/") && file.Elf.Type == ElfType.SharedObject))
        {
            foreach (var name in new[] { Path.GetFileName(path), elf.Dynamic?.SoName }.OfType<string>())
            {
                libraries.TryAdd(name, LibraryFacts.Of(name, elf));
            }
        }

        return libraries;
    }

    private static List<(string Path, ElfFile Elf)> Elf(string system)
    {
        var root = Path.Combine(Repository.Cache, "systems", system);
        Assert.SkipUnless(Directory.Exists(root), $"no unpacked {system} system; ./test makes it");
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return [.. Directory.EnumerateFiles(root, "*", all).Order(StringComparer.Ordinal).Select(path => (path, Bytes: File.ReadAllBytes(path)))
            .Where(file => file.Bytes.AsSpan().StartsWith("\u007fELF"u8)).Select(file => (file.path, ElfFile.Read(file.Bytes)))];
    }
}
