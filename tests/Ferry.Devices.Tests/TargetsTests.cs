namespace Ferry.Devices.Tests;

public class TargetsTests
{
    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", "aarch64-unknown-linux-musl")]
    [InlineData("armv7-unknown-linux-gnueabihf", "armv7-unknown-linux-musleabihf")]
    [InlineData("armv7-unknown-linux-gnueabi", "armv7-unknown-linux-musleabi")]
    [InlineData("arm-unknown-linux-gnueabihf", "arm-unknown-linux-musleabihf")]
    [InlineData("arm-unknown-linux-gnueabi", "arm-unknown-linux-musleabi")]
    [InlineData("armv5te-unknown-linux-gnueabi", "armv5te-unknown-linux-musleabi")]
    [InlineData("x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl")]
    [InlineData("arm-unknown-linux-musleabi", "arm-unknown-linux-musleabi")]
    [InlineData("mips-unknown-linux-musl", "mips-unknown-linux-musl")]
    [InlineData("thumbv7neon-unknown-linux-gnueabihf", "armv7-unknown-linux-musleabihf")]
    [InlineData("aarch64-linux-android", null)]
    public void A_target_s_static_twin_has_its_processor_and_float_ABI(string triple, string? twin) =>
        Targets.StaticTwin(triple).ShouldBe(twin);

    [Theory]
    [InlineData("aarch64-unknown-linux-musl", true)]
    [InlineData("armv5te-unknown-linux-musleabi", true)]
    [InlineData("thumbv7neon-unknown-linux-musleabihf", true)]
    [InlineData("aarch64-unknown-linux-gnu", false)]
    [InlineData("x86_64-pc-windows-gnu", false)]
    [InlineData("", false)]
    public void Musl_is_static_and_glibc_is_not(string triple, bool isStatic) => Targets.IsStatic(triple).ShouldBe(isStatic);

    [Fact]
    public void Every_target_has_a_twin_and_no_two_targets_are_alike()
    {
        Targets.All.ShouldAllBe(target => Targets.StaticTwin(target.Triple) != null);
        Targets.All.Select(target => target with { Triple = "" }).ShouldBeUnique();
    }
}
