using Ferry.Elf.Archives;
using Ferry.Elf.Instructions;
using Ferry.Lab;

namespace Ferry.Elf.Tests.Instructions;

/// <summary>Code that people run: of ARMv5 and v6, in which nothing newer may be found, and of ARMv7, in which much must be.</summary>
public sealed class RealCodeTests
{
    private static readonly string Rustlib = Path.Combine(Repository.Cache, "toolchain", "lib", "rustlib");

    [Theory]
    [InlineData("arm-unknown-linux-gnueabihf")]
    [InlineData("arm-unknown-linux-musleabihf")]
    public void Rusts_own_libraries_for_ARMv6_hold_nothing_newer(string target)
    {
        var objects = ObjectsOf(target).ToList();
        var code = objects.ConvertAll(found => (found.Name, Code: ArmCode.Of(found.File)));
        code.SelectMany(found => found.Code.Newer.Select(newer => $"{found.Name} {newer.Function}: {newer.Name}")).ShouldBeEmpty();
        code.SelectMany(found => found.Code.Unmapped.Select(section => $"{found.Name} {section.Name}")).ShouldBeEmpty();
        code.Sum(found => found.Code.Bytes).ShouldBeGreaterThan(1_000_000);
    }

    [Fact]
    public void Rusts_own_libraries_for_ARMv7_hold_much()
    {
        var newer = ObjectsOf("armv7-unknown-linux-gnueabihf").SelectMany(found => ArmCode.Of(found.File).Newer).ToList();
        newer.Select(instruction => instruction.Need).Distinct().ShouldBe([ArmNeed.ArmV6T2, ArmNeed.VfpV3, ArmNeed.ArmV7], ignoreOrder: true);
        newer.Count.ShouldBeGreaterThan(5_000);
        newer.ShouldAllBe(instruction => instruction.Function != null);
    }

    [Fact]
    public void A_C_library_for_ARMv5_holds_nothing_newer_and_one_for_ARMv7_does()
    {
        // Start files keep their symbols, shared objects lose the mapping symbols with them.
        var armel = Directory.GetFiles(Path.Combine(Repository.Cache, "foreign/usr/arm-linux-gnueabi/lib"), "*crt*.o").Select(Read).ToList();
        armel.Count.ShouldBeGreaterThan(3);
        armel.SelectMany(file => ArmCode.Of(file).Newer).ShouldBeEmpty();
        armel.Sum(file => ArmCode.Of(file).Bytes).ShouldBeGreaterThan(100);
        var libc = Read(Path.Combine(Repository.Cache, "systems/armhf/usr/lib/arm-linux-gnueabihf/libc.so.6"));
        ArmCode.Of(libc).Unmapped.Select(section => section.Name).ShouldContain(".text");
    }

    [Fact]
    public void Zlib_for_ARMv7_is_Thumb_2_and_its_functions_are_named()
    {
        var path = Path.Combine(Repository.Cache, "objects/armhf/usr/lib/arm-linux-gnueabihf/libz.a");
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        var deflate = ElfArchive.Read(File.ReadAllBytes(path)).Members.Single(member => member.Name == "deflate.o");
        var newer = ArmCode.Of(ElfFile.Read(deflate.Content)).Newer;
        newer.Count(instruction => instruction.Need == ArmNeed.Thumb2).ShouldBeGreaterThan(500);
        newer.Select(instruction => instruction.Function).ShouldContain("deflateInit2_");
        newer.Select(instruction => instruction.Name).Distinct().ShouldContain("push");
    }

    private static ElfFile Read(string path)
    {
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        return ElfFile.Read(File.ReadAllBytes(path));
    }

    internal static IEnumerable<(string Name, ElfFile File)> ObjectsOf(string target) => BytesOf(target).Select(found => (found.Name, ElfFile.Read(found.Bytes)));

    internal static IEnumerable<(string Name, byte[] Bytes)> BytesOf(string target)
    {
        var folder = Path.Combine(Rustlib, target, "lib");
        Assert.SkipUnless(Directory.Exists(folder), $"no {folder}; ./test makes it");
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(path);
            var objects = ElfArchive.IsArchive(bytes) ? ElfArchive.Read(bytes).Members.Select(member => (member.Name, member.Content)) : [(Path.GetFileName(path), bytes)];
            foreach (var (name, content) in objects.Where(found => found.Content.Span.StartsWith("\u007fELF"u8)))
            {
                yield return ($"{Path.GetFileName(path)}({name})", content.ToArray());
            }
        }
    }
}
