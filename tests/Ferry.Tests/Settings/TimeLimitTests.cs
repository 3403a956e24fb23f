using Ferry.Settings;

namespace Ferry.Tests.Settings;

public sealed class TimeLimitTests
{
    [Theory]
    [InlineData("60s", 60)]
    [InlineData("90", 90)]
    [InlineData("2m", 120)]
    [InlineData("1h", 3600)]
    [InlineData("1h30m", 5400)]
    [InlineData("1.5m", 90)]
    [InlineData("500ms", 0.5)]
    [InlineData("30s500ms", 30.5)]
    public void A_time_is_a_number_and_its_unit(string text, double seconds) =>
        TimeLimit.Parse(text, "--timeout").ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("", "is not a time")]
    [InlineData("soon", "is not a time")]
    [InlineData("s", "is not a time")]
    [InlineData("1 h", "is not a time")]
    [InlineData("1d", "is not a time")]
    [InlineData("-5s", "is not a time")]
    [InlineData("1e3s", "is not a time")]
    [InlineData("1,5s", "is not a time")]
    [InlineData("1.2.3s", "is not a time")]
    [InlineData("1h30", "is not a time")]
    [InlineData("0", "leaves a program no time at all")]
    [InlineData("0h0m0s", "leaves a program no time at all")]
    [InlineData("31h999h", "longer than 30 days")]
    [InlineData("99999999999999999999999999999999999999h", "longer than 30 days")]
    public void Anything_else_is_refused_and_named(string text, string why)
    {
        var refusal = Should.Throw<FerryException>(() => TimeLimit.Parse(text, "--timeout"));

        refusal.Message.ShouldBe($"'{text}' of --timeout {(why.StartsWith("longer", StringComparison.Ordinal) ? "is " + why : why)}");
        refusal.Exit.ShouldBe(ExitCode.WrongUsage);
    }

    [Theory]
    [InlineData("60s", "60 s")]
    [InlineData("90s", "90 s")]
    [InlineData("2m", "2 min")]
    [InlineData("500ms", "0.5 s")]
    public void A_time_is_told_as_people_say_it(string typed, string told) => TimeLimit.Text(TimeLimit.Parse(typed, "--timeout")).ShouldBe(told);
}
