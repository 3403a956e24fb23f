using System.Text.RegularExpressions;
using Ferry.Remote.Trees;

namespace Ferry.Tests.Trees;

public sealed class GlobTests
{
    [Theory]
    [InlineData("data", "data", true)]
    [InlineData("data/", "data", true)]
    [InlineData("./data", "data", true)]
    [InlineData("data", "data/a", false)]
    [InlineData("data/*", "data/a", true)]
    [InlineData("data/*", "data/a/b", false)]
    [InlineData("data/**", "data/a/b", true)]
    [InlineData("data/**", "data", false)]
    [InlineData("**/a", "a", true)]
    [InlineData("**/a", "x/y/a", true)]
    [InlineData("x/**/a", "x/a", true)]
    [InlineData("x/**/**/a", "x/y/a", true)]
    [InlineData("*.snap", ".snap", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a/c", false)]
    [InlineData("a[b]", "a[b]", true)]
    public void A_pattern_means(string pattern, string path, bool matches) => Glob.Parse(pattern)!.Matches(path).ShouldBe(matches);

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a//b")]
    [InlineData(@"..\x")]
    public void What_leads_elsewhere_is_no_pattern(string pattern) => Glob.Parse(pattern).ShouldBeNull();

    [Fact]
    public void Patterns_match_what_a_regular_expression_of_their_meaning_matches()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 5000; i++)
        {
            var pattern = Words(random, ["a", "b", "*", "?", "**", "a*", "*b", "a?b"], 4);
            var path = Words(random, ["a", "b", "ab", "aab", "c"], 5);
            Glob.Parse(pattern)!.Matches(path).ShouldBe(Meaning(pattern).IsMatch(path), $"{pattern} and {path}, seed {seed}");
        }
    }

    private static string Words(Random random, string[] words, int most) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => words[random.Next(words.Length)]));

    private static Regex Meaning(string pattern)
    {
        var names = pattern.Split('/');
        var text = string.Concat(names.Select((name, index) => name switch
        {
            "**" when index == names.Length - 1 => ".+",
            "**" => "([^/]+/)*",
            _ => name.Replace("*", "[^/]*").Replace("?", "[^/]") + (index < names.Length - 1 ? "/" : ""),
        }));
        return new Regex($@"\A{text}\z", RegexOptions.None, TimeSpan.FromSeconds(1));
    }
}
