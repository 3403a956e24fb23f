using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Linking;

/// <summary>Objects of Debian's own packages that a build script brings into programs that they do not fit.</summary>
public sealed class ObjectGuardTests(Bench bench) : IClassFixture<Bench>
{
    private const string HardFloat = "armv7-unknown-linux-gnueabihf";
    private const string SoftFloat = "armv5te-unknown-linux-musleabi";
    private static readonly string Armhf = Path.Combine(Repository.Cache, "objects/armhf/usr/lib/arm-linux-gnueabihf/libz.a");
    private static readonly string Armel = Path.Combine(Repository.Cache, "objects/armel/usr/lib/arm-linux-gnueabi/libz.a");

    [Theory]
    [InlineData(HardFloat, false, "is an arm soft-float object", "in integer registers, this program in VFP ones", "Debian's armhf")]
    [InlineData(SoftFloat, true, "is an arm hard-float object", "in VFP registers, this program in integer ones", "Debian's armel")]
    public void An_object_of_the_other_float_ABI_is_refused_and_named_with_its_crate(string target, bool hard, string what, string cause, string help)
    {
        var errors = Checksum(target, hard ? Armhf : Armel, "release").ShouldExitWith(101).Errors;
        errors.ShouldMatch($@"error: 'libzlib_sys-\w+[.]rlib\(crc32[.]o\)' {what}, and cannot go into a program for {target}");
        errors.ShouldContain("cause: crate zlib_sys brought it: ");
        errors.ShouldContain(cause);
        errors.ShouldContain(help);
        Directory.EnumerateFiles(Path.Combine(bench.TargetFolder, target, "release"), "checksum*").Where(file => Path.GetExtension(file).Length == 0).ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(bench.TargetFolder, target), "*.ferry-*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(HardFloat, true)]
    [InlineData(SoftFloat, false)]
    public void An_object_of_the_right_one_goes_in(string target, bool hard) =>
        Checksum(target, hard ? Armhf : Armel, "dev").ShouldExitWith(0);

    [Fact]
    public void A_member_for_another_processor_is_named_with_its_crate()
    {
        var errors = Checksum("aarch64-unknown-linux-gnu", Armhf, "dev").ShouldExitWith(101).Errors;
        errors.ShouldMatch(@"error: 'libzlib_sys-\w+[.]rlib\(\w+[.]o\)' is an arm hard-float object, and cannot go into a program for aarch64-unknown-linux-gnu");
        errors.ShouldContain("cause: crate zlib_sys brought it: ");
        errors.ShouldContain("see who brings it: cargo tree -i zlib-sys --target aarch64-unknown-linux-gnu");
    }

    private RunResult Checksum(string target, string zlib, string profile)
    {
        Assert.SkipUnless(File.Exists(zlib), $"no {zlib}; ./test makes it");
        var folder = Path.Combine(bench.Workspace, "old-arm");
        if (!Directory.Exists(folder))
        {
            BoardSession.Copy(Bench.Cases("old-arm"), folder);
        }

        return bench.Cargo(target, ["build", "-q", "--manifest-path", Path.Combine(folder, "Cargo.toml"), "--profile", profile], ("ZLIB", zlib));
    }
}
