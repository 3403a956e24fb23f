using Ferry.Elf.Archives;
using Ferry.Elf.Inspection;
using Ferry.Lab;

namespace Ferry.Elf.Tests.Inspection;

/// <summary>What files are, on real ones whose nature is known.</summary>
public sealed class InspectionTests
{
    [Theory]
    [InlineData("systems/armhf/usr/bin/bash", FileKind.Program, Linkage.DynamicPie)]
    [InlineData("systems/arm64/usr/lib/aarch64-linux-gnu/libc.so.6", FileKind.SharedLibrary, null)] // names a loader, too
    [InlineData("systems/arm64/usr/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1", FileKind.SharedLibrary, null)]
    [InlineData("systems/amd64/usr/sbin/ldconfig", FileKind.Program, Linkage.StaticPie)]
    [InlineData("foreign/usr/arm-linux-gnueabi/lib/crt1.o", FileKind.Object, null)]
    public void A_file_is_told_as_what_it_is(string file, FileKind kind, Linkage? linkage) =>
        FileNature.Of(Read(file)).ShouldBe(new FileNature(kind, linkage));

    [Fact]
    public void A_static_program_a_debug_file_and_its_stripped_half_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        var program = RustProgram.Program("aarch64-unknown-linux-musl", "-Crelocation-model=static");
        FileNature.Of(ElfFile.Read(File.ReadAllBytes(program))).Linkage.ShouldBe(Linkage.Static);
        Run.Process("/usr/bin/llvm-objcopy", ["--only-keep-debug", program, folder["hello.debug"]]).ShouldExitWith(0);
        Run.Process("/usr/bin/llvm-objcopy", ["--strip-all", "--add-gnu-debuglink=" + folder["hello.debug"], program, folder["hello"]]).ShouldExitWith(0);
        FileNature.Of(ElfFile.Read(File.ReadAllBytes(folder["hello.debug"]))).Kind.ShouldBe(FileKind.DebugFile);
        var stripped = DebugFacts.Of(ElfFile.Read(File.ReadAllBytes(folder["hello"])));
        (stripped.Size, stripped.Elsewhere).ShouldBe((0ul, "hello.debug"));
        var whole = DebugFacts.Of(ElfFile.Read(File.ReadAllBytes(program)));
        whole.HasLines.ShouldBeTrue();
        whole.Size.ShouldBeGreaterThan(10_000ul);
        // The first unit of this one is rustc's own.
        DebugFacts.Of(ElfFile.Read(File.ReadAllBytes(RustProgram.SharedObject("aarch64-unknown-linux-gnu")))).DwarfVersion.ShouldBe(4);
    }

    [Fact]
    public void Functions_have_their_sizes_each_place_once()
    {
        var file = ElfFile.Read(File.ReadAllBytes(RustProgram.Program("armv7-unknown-linux-musleabihf")));
        var sizes = FunctionSizes.Of(file);
        sizes.AreExportsOnly.ShouldBeFalse();
        sizes.Functions.ShouldContain(function => function.Symbol.Contains("deep_inside", StringComparison.Ordinal) && function.Size > 10);
        sizes.Functions.Aggregate(0ul, (sum, function) => sum + function.Size).ShouldBeInRange(sizes.Code / 2, sizes.Code);
    }

    [Theory]
    [InlineData("systems/armhf/usr/bin/bash", 4096ul)]
    [InlineData("systems/arm64/usr/bin/bash", 65536ul)]
    public void The_largest_page_is_that_of_the_segments(string file, ulong page) => PageFit.Largest(Read(file)).ShouldBe(page);

    [Fact]
    public void The_two_witnesses_of_the_float_ABI_are_heard_apart()
    {
        var bytes = File.ReadAllBytes(Place("systems/armhf/usr/bin/bash"));
        FloatClaims.Of(ElfFile.Read(bytes)).ShouldBe(new FloatClaims(ArmFloatAbi.Hard, ArmFloatAbi.Hard));
        bytes[37] = 0x02; // e_flags: EF_ARM_ABI_FLOAT_SOFT in place of HARD
        var claims = FloatClaims.Of(ElfFile.Read(bytes))!;
        claims.ShouldBe(new FloatClaims(ArmFloatAbi.Soft, ArmFloatAbi.Hard));
        claims.Disagree.ShouldBeTrue();
        FloatClaims.Of(Read("systems/arm64/usr/bin/bash")).ShouldBeNull();
    }

    [Fact]
    public void An_object_of_a_compiler_for_soft_float_says_so_by_saying_nothing()
    {
        ArmFloatAbi[] Of(string archive) => [.. ElfArchive.Read(File.ReadAllBytes(Place(archive))).Members.Select(member => ObjectGlance.Of(member.Content)!.FloatAbi).Distinct()];
        Of("objects/armel/usr/lib/arm-linux-gnueabi/libz.a").ShouldBe([ArmFloatAbi.Soft]);
        Of("objects/armhf/usr/lib/arm-linux-gnueabihf/libz.a").ShouldBe([ArmFloatAbi.Hard]);
    }

    [Fact]
    public void A_file_that_was_cut_short_is_shorter_than_its_headers_say()
    {
        var bytes = File.ReadAllBytes(Place("systems/armhf/usr/bin/bash"));
        WantedSize.Of(ElfFile.Read(bytes)).ShouldBe((ulong)bytes.Length);
        WantedSize.Of(ElfFile.Read(bytes.AsMemory(0, bytes.Length / 2)))!.Value.ShouldBe((ulong)bytes.Length);
    }

    [Theory]
    [InlineData("arm-unknown-linux-musleabihf", "/usr/bin/qemu-arm")]
    [InlineData("aarch64-unknown-linux-musl", "/usr/bin/qemu-aarch64")]
    public void A_core_tells_who_died_of_what(string target, string emulator)
    {
        using var folder = new TemporaryFolder();
        var program = RustProgram.Crash(target);
        // qemu writes the emulated program's own core.
        Run.Process("/bin/sh", ["-c", "ulimit -c unlimited; exec \"$0\" \"$@\"", emulator, program, "one", "two"], folder.Path);
        var core = ElfFile.Read(File.ReadAllBytes(Directory.GetFiles(folder.Path, "*.core").ShouldHaveSingleItem()));
        FileNature.Of(core).Kind.ShouldBe(FileKind.Core);
        var facts = CoreFacts.Of(core);
        facts.Signal.ShouldBe(11);
        facts.Threads.ShouldBe(1);
        facts.Name.ShouldNotBeNull().ShouldStartWith("crash");
        facts.Arguments.ShouldNotBeNull().ShouldEndWith(" one two");
    }

    [Fact]
    public void A_core_of_linux_itself_tells_the_address_and_the_file()
    {
        Assert.SkipUnless(File.ReadAllText("/proc/sys/kernel/core_pattern").Trim() == "core", "this machine's cores go elsewhere");
        using var folder = new TemporaryFolder();
        var program = RustProgram.Crash("x86_64-unknown-linux-musl");
        Run.Process("/bin/sh", ["-c", "ulimit -c unlimited; exec \"$0\" \"$@\"", program, "one"], folder.Path);
        var facts = CoreFacts.Of(ElfFile.Read(File.ReadAllBytes(Directory.GetFiles(folder.Path, "core*").ShouldHaveSingleItem())));
        (facts.Signal, facts.FaultAddress, facts.Path, facts.Arguments).ShouldBe((11, 0x10ul, program, $"{program} one"));
        facts.Process.ShouldNotBeNull().ShouldBeGreaterThan(1u);
    }

    private static string Place(string file)
    {
        var path = Path.Combine(Repository.Cache, file);
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        return path;
    }

    private static ElfFile Read(string file) => ElfFile.Read(File.ReadAllBytes(Place(file)));
}
