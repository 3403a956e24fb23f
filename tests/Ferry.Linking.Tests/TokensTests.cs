namespace Ferry.Linking.Tests;

public class TokensTests
{
    [Fact]
    public void Comma_lists_and_Xlinker_are_unfolded_and_remember_where_they_come_from()
    {
        Tokens.Of(["a.o", "-Wl,-rpath,/x y", "-Xlinker", "-soname=a,b"], _ => null).ShouldBe(
        [
            new("a.o", false, "a.o"),
            new("-rpath", true, "-Wl,-rpath,/x y"),
            new("/x y", true, "-Wl,-rpath,/x y"),
            new("-soname=a,b", true, "-Xlinker -soname=a,b"),
        ]);
    }

    [Fact]
    public void Response_files_are_expanded_in_place_also_inside_each_other()
    {
        var files = new Dictionary<string, string> { ["one"] = "b.o\n@two\ne.o", ["two"] = "c.o d.o\n" };
        Tokens.Of(["a.o", "@one", "f.o"], files.GetValueOrDefault).Select(token => token.Text)
            .ShouldBe(["a.o", "b.o", "c.o", "d.o", "e.o", "f.o"]);
    }

    [Fact]
    public void A_response_file_that_names_itself_ends()
    {
        Should.Throw<LinkerLineException>(() => Tokens.Of(["@one"], _ => "@one")).Message.ShouldContain("8 response files deep");
    }

    [Fact]
    public void A_missing_response_file_is_named()
    {
        Should.Throw<LinkerLineException>(() => Tokens.Of(["@gone"], _ => null)).Message.ShouldContain("'gone'");
    }

    [Theory]
    [InlineData("/a\\ b/c.o\n", "/a b/c.o")]
    [InlineData("/it's/c.o\n", "/it's/c.o")]
    [InlineData("C:\\\\x\\\\y.o\r\n", "C:\\x\\y.o")]
    [InlineData("'a b' \"c\\\"d\"", "a b|c\"d")]
    [InlineData("größe.o\n日本.o\n", "größe.o|日本.o")]
    [InlineData("", "")]
    [InlineData("ends\\", "ends\\")]
    public void A_response_file_is_read_as_rustc_writes_it(string text, string words)
    {
        string.Join('|', ResponseFile.Parse(text)).ShouldBe(words);
    }

    [Fact]
    public void What_is_written_to_a_response_file_is_read_back()
    {
        const string Letters = "ab \\\"'\t\né日-@,=";
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 2000; round++)
        {
            var words = Enumerable.Range(0, random.Next(5)).Select(_ => new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => Letters[random.Next(Letters.Length)])])).ToArray();
            ResponseFile.Parse(ResponseFile.Write(words)).ShouldBe(words, $"seed {seed}, round {round}");
        }
    }
}
