using Ferry.Elf.Archives;
using Ferry.Elf.Inspection;
using Ferry.Lab;

namespace Ferry.Linking.Tests;

/// <summary>Debian's own objects against targets for 32-bit ARM.</summary>
public sealed class ObjectFitTests
{
    [Theory]
    [InlineData("armhf/usr/lib/arm-linux-gnueabihf/libz.a", "armv7-unknown-linux-gnueabihf", null)]
    [InlineData("armhf/usr/lib/arm-linux-gnueabihf/libz.a", "armv5te-unknown-linux-musleabi", Misfit.FloatAbi)]
    [InlineData("armhf/usr/lib/arm-linux-gnueabihf/libz.a", "arm-unknown-linux-gnueabihf", null)] // its code is decoded instead
    [InlineData("armel/usr/lib/arm-linux-gnueabi/libz.a", "armv7-unknown-linux-gnueabihf", Misfit.FloatAbi)]
    [InlineData("armel/usr/lib/arm-linux-gnueabi/libz.a", "armv5te-unknown-linux-musleabi", null)]
    [InlineData("armel/usr/lib/arm-linux-gnueabi/libz.a", "armv4t-unknown-linux-gnueabi", Misfit.Architecture)]
    public void An_object_fits_by_its_attributes(string archive, string target, Misfit? misfit)
    {
        var path = Path.Combine(Repository.Cache, "objects", archive);
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        ElfArchive.Read(File.ReadAllBytes(path)).Members.Select(member => ObjectFit.Of(ObjectGlance.Of(member.Content)!, target)).Distinct().ShouldBe([misfit]);
    }

    // libc.a and libgcc.a hold assembly that passes no floating-point numbers, and says nothing of them.
    [Theory]
    [InlineData("libc.a")]
    [InlineData("libm.a")]
    [InlineData("crt1.o")]
    public void Nothing_of_a_systems_own_is_refused_for_it(string file)
    {
        var path = Path.Combine(Repository.Cache, "objects/armhf/usr/lib/arm-linux-gnueabihf", file);
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        var bytes = File.ReadAllBytes(path);
        var members = ElfArchive.IsArchive(bytes) ? ElfArchive.Read(bytes).Members.Select(member => member.Content) : [bytes];
        members.Select(ObjectGlance.Of).OfType<ObjectGlance>().ShouldAllBe(item => ObjectFit.Of(item, "armv7-unknown-linux-gnueabihf") == null);
    }

    [Fact]
    public void Other_processors_have_nothing_to_be_looked_at()
    {
        ObjectFit.Matters("aarch64-unknown-linux-gnu").ShouldBeFalse();
        ObjectFit.Matters("thumbv7neon-unknown-linux-gnueabihf").ShouldBeTrue();
    }
}
