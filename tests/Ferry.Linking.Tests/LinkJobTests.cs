using System.Text.RegularExpressions;

namespace Ferry.Linking.Tests;

public class LinkJobTests
{
    [Theory]
    [InlineData("", OutputKind.Executable)]
    [InlineData("-no-pie", OutputKind.Executable)]
    [InlineData("-pie", OutputKind.PositionIndependent)]
    [InlineData("-pie -no-pie", OutputKind.Executable)]
    [InlineData("-static -no-pie", OutputKind.Static)]
    [InlineData("-static-pie", OutputKind.StaticPositionIndependent)]
    [InlineData("-static -pie", OutputKind.StaticPositionIndependent)]
    [InlineData("-shared", OutputKind.Shared)]
    [InlineData("-Wl,-shared", OutputKind.Shared)]
    public void The_kind_of_output_is_known(string line, OutputKind expected) => Parse(line).Kind.ShouldBe(expected);

    [Theory]
    [InlineData("-Lone -L two -Wl,-L,three -Wl,--library-path=four", "one two three four")]
    public void Search_folders_keep_their_order(string line, string expected) => Parse(line).SearchFolders.ShouldBe(expected.Split(' '));

    [Fact]
    public void Switches_keep_their_place_between_the_inputs()
    {
        Parse("a.o -Wl,--whole-archive b.a -Wl,--no-whole-archive -Wl,-Bstatic -lfoo -Wl,-Bdynamic -l:libm.so.6").Inputs.ShouldBe(
        [
            new LinkInput.File("a.o"),
            new LinkInput.State("--whole-archive"),
            new LinkInput.File("b.a"),
            new LinkInput.State("--no-whole-archive"),
            new LinkInput.State("-Bstatic"),
            new LinkInput.Library("foo"),
            new LinkInput.State("-Bdynamic"),
            new LinkInput.Library(":libm.so.6"),
        ]);
    }

    [Fact]
    public void Libraries_that_lack_symbols_may_lack_what_others_of_them_want()
    {
        var platform = Platforms.Of("bin-aarch64");
        LldCommand.Build(Parse("a.o -lc"), platform).ShouldNotContain("--allow-shlib-undefined");
        LldCommand.Build(Parse("a.o -lc"), platform with { LibrariesLackSymbols = true }).ShouldContain("--allow-shlib-undefined");
        LldCommand.Build(Parse("-static a.o -lc"), platform with { LibrariesLackSymbols = true }).ShouldNotContain("--allow-shlib-undefined");
    }

    [Theory]
    [InlineData("-Wl,--export-dynamic", "--export-dynamic")]
    [InlineData("-rdynamic", "--export-dynamic")]
    [InlineData("-Wl,-export-dynamic", "-export-dynamic")]
    [InlineData("-Wl,-z,now", "-z now")]
    [InlineData("-Wl,-znow", "-znow")]
    [InlineData("-Wl,-soname,libx.so", "-soname libx.so")]
    [InlineData("-Wl,-soname=libx.so", "-soname=libx.so")]
    [InlineData("-Wl,--build-id=sha1 -Wl,--threads", "--build-id=sha1 --threads")]
    [InlineData("-Tscript.ld", "-Tscript.ld")]
    [InlineData("-Wl,-plugin-opt=O2,-plugin-opt=mcpu=generic", "-plugin-opt=O2 -plugin-opt=mcpu=generic")]
    [InlineData("-fuse-ld=mold -B/x -march=armv7-a -mfpu=vfpv3 -static-libgcc -Wno-x -O2 -g", "")]
    [InlineData("-m32", "-melf_i386")]
    [InlineData("-m64", "")]
    public void Options_that_lld_shares_are_passed_through(string line, string expected) => string.Join(' ', Parse(line).Passthrough).ShouldBe(expected);

    [Fact]
    public void Options_with_a_field_of_their_own_reach_it()
    {
        var job = Parse("-o out -s -nostartfiles -Wl,-rpath,$ORIGIN/lib -Wl,--version-script=list -Wl,-e,begin -u wanted -Wl,--dynamic-linker=/ld.so --sysroot=/root -Wl,--undefined=too");
        job.Output.ShouldBe("out");
        job.Strip.ShouldBe(StripLevel.Symbols);
        job.StartFiles.ShouldBeFalse();
        job.DefaultLibraries.ShouldBeTrue();
        job.RunPaths.ShouldBe(["$ORIGIN/lib"]);
        job.VersionScripts.ShouldBe(["list"]);
        job.Entry.ShouldBe("begin");
        job.Undefined.ShouldBe(["wanted", "too"]);
        job.Interpreter.ShouldBe("/ld.so");
        job.Sysroot.ShouldBe("/root");
    }

    [Theory]
    [InlineData("-fsplit-stack")]
    [InlineData("-mx32")]
    [InlineData("-Wl,--frobnicate")]
    [InlineData("-Wl,--lfoo")]
    [InlineData("-Wl,-enable-everything")]
    [InlineData("-Wl,--gc-sections=yes")]
    [InlineData("-fsanitize=address")]
    [InlineData("-specs=nano.specs")]
    [InlineData("-Xlinker --frobnicate")]
    public void An_option_outside_the_table_is_named_and_not_dropped(string line)
    {
        var e = Should.Throw<LinkerLineException>(() => Parse(line));
        e.Message.ShouldContain(line.Replace("-Wl,", "").Replace("-Xlinker ", ""));
        e.Help.ShouldNotBeNullOrEmpty();
        // What rustc looks for in a linker's words before it tries again without -no-pie, -static-pie or -fuse-ld=lld.
        Regex.IsMatch(e.Message + e.Help, "(unknown|unrecognized) (command line )?(option|argument)").ShouldBeFalse();
    }

    [Theory]
    [InlineData("-o")]
    [InlineData("-Wl,-soname a.o")]
    [InlineData("-Xlinker")]
    public void A_value_that_is_missing_is_an_error(string line) => Should.Throw<LinkerLineException>(() => Parse(line)).Message.ShouldContain("wants a");

    [Theory]
    [InlineData("i686-unknown-linux-gnu", "elf_i386")]
    [InlineData("riscv64gc-unknown-linux-musl", "elf64lriscv")]
    [InlineData("thumbv7neon-unknown-linux-gnueabihf", "armelf_linux_eabi")]
    public void A_target_s_architecture_decides_lld_s_emulation(string target, string emulation) =>
        LldCommand.Build(new LinkJob(), new LinkPlatform { Target = target }).Take(2).ShouldBe(["-m", emulation]);

    [Fact]
    public void A_target_that_lld_has_no_word_for_is_named()
    {
        Should.Throw<LinkerLineException>(() => LldCommand.Build(new LinkJob(), new LinkPlatform { Target = "m68k-unknown-linux-gnu" }))
            .Message.ShouldContain("m68k-unknown-linux-gnu");
    }

    private static LinkJob Parse(string line) => LinkJob.Parse(Tokens.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), _ => null));
}
