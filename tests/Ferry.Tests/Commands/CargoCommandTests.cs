using Ferry.Commands;

namespace Ferry.Tests.Commands;

public sealed class CargoCommandTests
{
    [Theory]
    [InlineData("cargo nextest run", "nextest run")]
    [InlineData("cargo --on pi4 nextest run --on x", "nextest run --on x")]
    [InlineData("cargo --on=pi4 -q publish --dry-run", "publish --dry-run")]
    [InlineData("cargo --timeout 2m --env A=B --env C --folder /f --glibc 2.28 --static --yes test", "test")]
    [InlineData("cargo +nightly test", "+nightly test")]
    [InlineData("-v cargo test -v", "test -v")]
    [InlineData("cargo", "")]
    [InlineData("cargo --help", "")]
    [InlineData("cargo --on", "")]
    public void Cargo_s_own_words_begin_at_the_first_that_is_no_option(string line, string cargos)
    {
        var words = line.Split(' ');

        string.Join(' ', words[CargoCommand.CargosWords(words)..]).ShouldBe(cargos);
    }

    [Theory]
    [InlineData("run cargo")]
    [InlineData("test --on pi4")]
    [InlineData("-v")]
    [InlineData("")]
    public void Other_verbs_have_none(string line) => CargoCommand.CargosWords(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBe(-1);
}
