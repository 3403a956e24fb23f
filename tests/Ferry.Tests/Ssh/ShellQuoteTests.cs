using System.Runtime.Versioning;
using System.Text;
using Ferry.Lab;
using Ferry.Processes;
using Ferry.Remote.Ssh;

namespace Ferry.Tests.Ssh;

public class ShellQuoteTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("/a/b-c_d.e+f@g", "/a/b-c_d.e+f@g")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("$HOME`id`", "'$HOME`id`'")]
    [InlineData("~", "'~'")]
    [InlineData("-n", "'-n'")]
    [InlineData("a=b", "'a=b'")]
    public void Words_are_quoted_only_when_they_must_be(string word, string quoted) => ShellQuote.Posix(word).ShouldBe(quoted);

    [Theory]
    [InlineData("")]
    [InlineData("-rf")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("!x")]
    [InlineData("a:b")]
    [InlineData("a\n")]
    public void What_some_shell_would_change_is_not_plain(string word) => ShellQuote.IsPlain(word).ShouldBeFalse();

    [Fact]
    public void A_NUL_byte_is_refused()
    {
        Should.Throw<ArgumentException>(() => ShellQuote.Posix("a\0b"));
        Should.Throw<ArgumentException>(() => ShellQuote.Posix([1, 0]));
    }

    [Theory]
    [InlineData("dash", new string[0])]
    [InlineData("bash", new string[0])]
    [InlineData("busybox", new[] { "ash" })]
    [UnsupportedOSPlatform("windows")]
    public void Any_bytes_arrive_as_they_are(string shell, string[] applet)
    {
        Assert.SkipWhen(Tool.Find(shell) is null, $"{shell} is not installed");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        byte[][] words = [EveryByte(), .. Enumerable.Range(0, 300).Select(_ => RandomWord(random))];

        byte[] script = [.. "printf '%s\\0'"u8, .. words.SelectMany(word => ShellQuote.Posix(word).Prepend((byte)' ')), (byte)'\n'];
        var result = Run.Process(shell, applet, input: script, timeout: TimeSpan.FromSeconds(20)).ShouldExitWith(0);

        result.OutputBytes.ShouldBe([.. words.SelectMany(word => word.Append((byte)0))], $"seed {seed}, {shell}");
    }

    [Theory]
    [InlineData("dash", new string[0])]
    [InlineData("bash", new string[0])]
    [InlineData("busybox", new[] { "ash" })]
    [UnsupportedOSPlatform("windows")]
    public void Any_text_arrives_as_it_is(string shell, string[] applet)
    {
        Assert.SkipWhen(Tool.Find(shell) is null, $"{shell} is not installed");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        const string Alphabet = "ab ~-'\"\\$`!*?[]{}()<>|&;#\n\t=%äß€\U0001F980";
        string[] words = [.. Enumerable.Range(0, 300).Select(_ => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Alphabet.EnumerateRunes().ElementAt(random.Next(30)))))];

        var script = "printf '%s\\0' " + string.Join(' ', words.Select(word => ShellQuote.Posix(word))) + "\n";
        var result = Run.Process(shell, applet, input: Encoding.UTF8.GetBytes(script), timeout: TimeSpan.FromSeconds(20)).ShouldExitWith(0);

        result.Output.Split('\0')[..^1].ShouldBe(words, $"seed {seed}, {shell}");
    }

    private static byte[] EveryByte() => [.. Enumerable.Range(1, 255).Select(i => (byte)i)];

    private static byte[] RandomWord(Random random) => [.. Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(3) == 0 ? (byte)'\'' : (byte)random.Next(1, 256))];
}
