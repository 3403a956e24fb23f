using Ferry.Commands.Initializing;

namespace Ferry.Tests.Commands;

public sealed class LineChangesTests
{
    [Theory]
    [InlineData("", "a\nb\n", "+a +b")]
    [InlineData("a\nb\n", "a\nx\nb\n", "+x")]
    [InlineData("a\nb\n", "b\n", "-a")]
    [InlineData("a\r\nb\r\n", "a\r\nc\r\n", "-b +c")]
    [InlineData("a\n", "a\n", "")]
    public void Only_what_differs_is_shown_in_its_order(string before, string after, string shown) =>
        string.Join(' ', LineChanges.Between(before, after).Select(change => $"{change.Sign}{change.Line}")).ShouldBe(shown);
}
