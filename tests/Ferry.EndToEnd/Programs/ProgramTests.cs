namespace Ferry.EndToEnd.Programs;

/// <summary>ripgrep and fd do on a board what Debian's own builds of them do here. Run on each board.</summary>
public abstract class ProgramTests(RealPrograms programs)
{
    [Theory]
    [InlineData("--sort", "path", "-n", "needle", ".")]
    [InlineData("--sort", "path", "-c", "-i", "LOREM|dolor", ".")]
    [InlineData("--sort", "path", "-uuu", "--files", ".")]
    [InlineData("--sort", "path", "-a", "-o", "-b", @"\p{Greek}+", ".")]
    [InlineData("--sort", "path", "-U", "-o", @"begin\n[^\n]*end", ".")]
    [InlineData("--sort", "path", "--hidden", "-w", "-l", "строка", ".")]
    [InlineData("--sort", "path", "-r", "$2 $1", "-m", "1", @"(\w+) (0x[0-9a-f]+)", ".")]
    [InlineData("--sort", "path", "--mmap", "-C", "2", "-g", "*.rs", "--heading", @"main\(\)", ".")]
    [InlineData("--sort", "path", "--no-mmap", "--crlf", "end$", "-t", "txt", ".")]
    [InlineData("nowhere to be found", ".")]
    [InlineData("(", ".")]
    public void Ripgrep_finds_the_same_as_on_this_pc(params string[] arguments) => ShouldBeAlike("ripgrep", arguments, output => output);

    [Fact]
    public void Ripgrep_finds_the_same_with_all_its_threads() => ShouldBeAlike("ripgrep", ["-n", "-j", "8", "hay", "."], Sorted);

    [Fact]
    public void Ripgrep_reads_its_input()
    {
        var input = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));
        ShouldBeAlike("ripgrep", ["-n", "7{3}", "-"], output => output, System.Text.Encoding.UTF8.GetBytes(input));
    }

    [Theory]
    [InlineData(".")]
    [InlineData("-H", "-I", ".")]
    [InlineData("-e", "txt", "-e", "rs", "7")]
    [InlineData("-g", "two*", "-t", "d")]
    [InlineData("-t", "l")]
    [InlineData("-H", "-S", "+10k", "-t", "f")]
    [InlineData("-p", "-d", "3", "/d[0-9]+/file")]
    [InlineData("-0", "ünïcode")]
    [InlineData("-e", "toml", "-x", "wc", "-c", "{}")]
    [InlineData("-t", "x")]
    [InlineData("[")]
    public void Fd_finds_the_same_as_on_this_pc(params string[] arguments) => ShouldBeAlike("fd-find", ["--color", "never", .. arguments], Sorted);

    private void ShouldBeAlike(string program, string[] arguments, Func<string, string> ordered, byte[]? input = null)
    {
        var here = programs.Here(program, arguments, input);
        var there = programs.There(program, arguments, input);
        there.ExitCode.ShouldBe(here.ExitCode, there.ToString());
        ordered(there.Output).ShouldBe(ordered(here.Output), there.CommandLine);
        there.Errors.ShouldBe(here.Errors);
    }

    private static string Sorted(string lines) => string.Join('\n', lines.Split('\n', '\0').Order(StringComparer.Ordinal));
}
