using System.Text;
using Ferry.Commands;
using Ferry.Commands.Many;

namespace Ferry.Tests.Commands;

/// <summary>The small parts of several devices: names, lines, counts, what a test program is called with.</summary>
public sealed class ManyTests
{
    [Fact]
    public void Names_come_with_commas_or_one_by_one_and_are_left_out_of_the_words()
    {
        DeviceNames.Of(["a,b", "c"]).ShouldBe(["a", "b", "c"]);
        DeviceNames.LeftOut(["test", "--on", "a,b", "-q", "--on", "--on", "x"]).ShouldBe(["test", "-q", "x"]);
    }

    [Theory]
    [InlineData("test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.01s", 3, 0, 1)]
    [InlineData("test result: \u001b[31mFAILED\u001b[0m. 12 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out", 12, 4, 0)]
    public void The_counts_are_those_of_libtests_own_line(string line, int passed, int failed, int ignored) =>
        TestCounts.Of(line).ShouldBe(new TestCounts(passed, failed, ignored));

    [Theory]
    [InlineData("running 3 tests")]
    [InlineData("  test result: ok. 3 passed; 0 failed; 1 ignored;")]
    [InlineData("test result: ok. 99999999999 passed; 0 failed; 1 ignored;")]
    public void No_other_line_counts(string line) => TestCounts.Of(line).ShouldBeNull();

    [Fact]
    public void Any_stream_is_cut_into_lines_that_hold_all_of_it()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var bytes = new byte[random.Next(200_000)];
            random.NextBytes(bytes);
            var lines = new List<byte[]>();
            LineReader.Read(new MemoryStream(bytes), line => lines.Add(line.ToArray()));

            lines.ShouldAllBe(line => line.Length > 0 && Array.IndexOf(line, (byte)'\n') == line.Length - 1, $"seed {seed}");
            // Only a line of its own or one that is too long gets an end that was not there.
            lines.SelectMany(line => line).Where(b => b != '\n').ShouldBe(bytes.Where(b => b != '\n'), $"seed {seed}");
        }
    }

    [Fact]
    public void A_line_that_never_ends_is_shown_in_pieces()
    {
        var lines = new List<string>();
        LineReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(new string('x', 150_000))), line => lines.Add(Encoding.UTF8.GetString(line.Span)));
        lines.Count.ShouldBe(3);
        string.Concat(lines).Replace("\n", "").Length.ShouldBe(150_000);
    }

    [Fact]
    public void What_cargo_says_before_it_has_finished_was_said_already()
    {
        Shown("warning: unused", "\u001b[1m\u001b[32m    Finished\u001b[0m `test` profile", "     Running x", "err").ShouldBe(["     Running x", "err"]);
        Shown("    Finished `test` profile", "Finished is a word of the program, too").ShouldBe(["Finished is a word of the program, too"]);
        Shown("error: could not compile").ShouldBe(["error: could not compile"]);
    }

    [Fact]
    public void A_part_is_called_with_the_options_and_its_own_names()
    {
        var line = new CargoLine
        {
            Verb = "test",
            CargoArguments = ["+nightly", "-p", "core", "--features=a", "parser", "--release"],
            ProgramArguments = [.. "--skip slow other --test-threads 1 --nocapture".Split(' ').Select(Encoding.UTF8.GetBytes)],
        };
        var words = new TestWords(line, quiet: false);

        Text(words.All).ShouldBe("parser --skip slow other --test-threads 1 --nocapture");
        Text(words.List).ShouldBe("parser --skip slow other --test-threads 1 --nocapture --list --format terse");
        Text(words.Only(["a::b", "c"])).ShouldBe("--skip slow --test-threads 1 --nocapture --exact a::b c");
    }

    [Fact]
    public void Only_a_list_of_tests_is_one()
    {
        TestWords.Names(["a::b: test", "c: test", ""]).ShouldBe(["a::b", "c"]);
        TestWords.Names(["a: test", "something else"]).ShouldBeNull();
    }

    [Fact]
    public void Of_parts_the_unknown_and_the_longest_go_first_and_what_is_given_back_comes_again()
    {
        using var queue = new ShareQueue([Part("short", 1), Part("long", 9), Part("unknown", null)]);
        queue.Take()!.Label.ShouldBe("unknown");
        var second = queue.Take()!;
        second.Label.ShouldBe("long");
        queue.Take()!.Label.ShouldBe("short");

        queue.GiveBack(second);
        queue.Done();
        queue.Done();

        queue.Take().ShouldBe(second);
        queue.Done();
        queue.Take().ShouldBeNull();
    }

    private static SharePart Part(string label, int? seconds) => new(new TestProgram("x", "p", label), [], label, seconds is { } known ? TimeSpan.FromSeconds(known) : null);

    private static List<string> Shown(params string[] lines)
    {
        var shown = new List<string>();
        var words = new CargosWords(line => shown.Add(Encoding.UTF8.GetString(line.Span)), quiet: false);
        foreach (var line in lines)
        {
            words.Take(Encoding.UTF8.GetBytes(line));
        }

        words.End();
        return shown;
    }

    private static string Text(IEnumerable<byte[]> words) => string.Join(' ', words.Select(Encoding.UTF8.GetString));
}
