using Ferry.Elf.Archives;
using Ferry.Elf.Instructions;
using Ferry.Lab;

namespace Ferry.Elf.Tests.Instructions;

/// <summary>Debian's jemalloc, built for pages of 64 KiB on ARM, and the same with another constant.</summary>
public sealed class JemallocPagesTests
{
    [Theory]
    [InlineData("arm64", "aarch64-linux-gnu", "2000a0d2", "000082d2")] // mov x0, #65536; mov x0, #4096
    [InlineData("armhf", "arm-linux-gnueabihf", "4ff48032", "4ff48052")] // mov.w r2, …
    public void The_size_of_pages_is_what_its_own_function_answers(string system, string folder, string large, string small)
    {
        var path = Path.Combine(Repository.Cache, "jemalloc", system, "usr/lib", folder, "libjemalloc.a");
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        var control = ElfArchive.Read(File.ReadAllBytes(path)).Members.Single(member => member.Name == "ctl.o").Content.ToArray();
        JemallocPages.In(ElfFile.Read(control)).ShouldBe(65536);
        var file = ElfFile.Read(control);
        var function = file.Symbols.Single(symbol => symbol.Name == JemallocPages.Function);
        var code = control.AsSpan((int)(file.Sections[(int)function.SectionIndex].Offset + (function.Value & ~1ul)), (int)function.Size);
        var at = code.IndexOf(Convert.FromHexString(large));
        at.ShouldBeGreaterThan(0);
        Convert.FromHexString(small).CopyTo(code[at..]);
        JemallocPages.In(ElfFile.Read(control)).ShouldBe(4096);
    }
}
