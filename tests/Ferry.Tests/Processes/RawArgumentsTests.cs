using Ferry.Processes;

namespace Ferry.Tests.Processes;

public sealed class RawArgumentsTests
{
    [Fact]
    public void Every_argument_is_found_the_empty_ones_too() =>
        RawArguments.Split("a\0\0b c\0\xFF\0\0"u8).Select(Convert.ToHexStringLower).ShouldBe(["61", "", "622063", "c3bf", ""]);

    [Fact]
    public void No_arguments_are_none() => RawArguments.Split([]).ShouldBeEmpty();
}
