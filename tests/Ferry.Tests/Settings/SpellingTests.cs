using Ferry.Settings;

namespace Ferry.Tests.Settings;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("rnu", "run")]
    [InlineData("devise", "device")]
    [InlineData("buid", "build")]
    [InlineData("--onn", "--on")]
    public void A_slip_finds_the_word_that_was_meant(string typed, string meant) =>
        Spelling.Nearest(typed, ["run", "build", "device", "--on", "--yes"]).ShouldBe(meant);

    [Theory]
    [InlineData("deploy")]
    [InlineData("x")]
    [InlineData("")]
    public void A_word_that_is_far_from_all_suggests_nothing(string typed) =>
        Spelling.Nearest(typed, ["run", "build", "device"]).ShouldBeNull();
}
