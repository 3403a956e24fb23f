using Ferry.Terminal;

namespace Ferry.Tests.Terminal;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "1.0 kB")]
    [InlineData(9_669_780, "9.7 MB")]
    [InlineData(999_999, "1.0 MB")]
    [InlineData(123_456_789, "123 MB")]
    [InlineData(long.MaxValue, "9.2 EB")]
    public void Sizes_are_short_and_never_show_a_thousand_of_a_unit(long bytes, string text) => Sizes.Text(bytes).ShouldBe(text);

    [Fact]
    public void Control_characters_of_a_device_do_not_reach_the_terminal() =>
        Printable.Clean("a\e[31mb\r\nc\td\u0007").ShouldBe("a\uFFFD[31mb\nc\td\uFFFD");

    [Theory]
    [InlineData(false, null, null, "xterm", true)]
    [InlineData(true, null, null, "xterm", false)]
    [InlineData(false, "1", null, "xterm", false)]
    [InlineData(false, "1", "1", "xterm", false)]
    [InlineData(false, "", null, "xterm", true)]
    [InlineData(true, null, "1", "xterm", true)]
    [InlineData(true, null, "0", "xterm", false)]
    [InlineData(false, null, null, "dumb", false)]
    public void Colour_follows_the_terminal_and_the_users_wish(bool redirected, string? noColour, string? force, string? term, bool wanted) =>
        Ink.Wanted(redirected, noColour, force, term).ShouldBe(wanted);
}
