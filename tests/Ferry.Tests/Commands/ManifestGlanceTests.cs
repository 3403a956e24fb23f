using Ferry.Commands;
using Ferry.Lab;

namespace Ferry.Tests.Commands;

public sealed class ManifestGlanceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_package_that_says_nothing_to_Ferry_need_not_be_asked_for() =>
        Mentions("[package]\nname = \"a\"\n", above: "[package]\nname = \"other\"\n").ShouldBeFalse();

    [Fact]
    public void Without_any_manifest_there_is_nothing_to_ask() => Mentions(null, above: null).ShouldBeFalse();

    [Theory]
    [InlineData("[package]\nname = \"a\"\n[package.metadata.ferry]\ndevice = \"pi4\"\n", null)]
    [InlineData("[package]\nname = \"a\"\nmetadata = { ferry = { device = \"pi4\" } }\n", null)]
    [InlineData("[package]\nname = \"a\"\n", "[workspace]\nmembers = [\"below\"]\n[workspace.metadata.ferry]\ndevice = \"pi4\"\n")]
    [InlineData("[workspace]\nmembers = [\"x\"]\n", null)]
    [InlineData("[package]\nname = \"a\"\nworkspace = \"../elsewhere\"\n", null)]
    [InlineData("[package]\nname = \"a\"\n[package.metadata.\"f\\u0065rry\"]\n", null)]
    public void Where_a_look_is_not_enough_cargo_is_asked(string manifest, string? above) => Mentions(manifest, above).ShouldBeTrue();

    [Theory]
    [InlineData("-p", "x")]
    [InlineData("--manifest-path", "x/Cargo.toml")]
    [InlineData("--config", "a=1")]
    public void An_option_that_means_another_package_is_for_cargo(string option, string value) =>
        Mentions("[package]\nname = \"a\"\n", above: null, option, value).ShouldBeTrue();

    private bool Mentions(string? manifest, string? above, params string[] options)
    {
        var below = Directory.CreateDirectory(folder["below"]).FullName;
        Write(folder["Cargo.toml"], above);
        Write(Path.Combine(below, "Cargo.toml"), manifest);
        return ManifestGlance.MayMentionFerry(new CargoLine { Verb = "run", CargoArguments = options }, below);
    }

    private static void Write(string path, string? text)
    {
        if (text is not null)
        {
            File.WriteAllText(path, text);
        }
    }
}
