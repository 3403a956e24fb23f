using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.Tests.Toolchain;

/// <summary>cargo takes rustflags from one of four places: those of --tune go to the user's own, wherever they are.</summary>
public sealed class TunedFlagsTests : IDisposable
{
    private const string Triple = "x86_64-unknown-linux-gnu";
    private const string OfTarget = "CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS";

    private static readonly string[] Flags = ["-C", "target-cpu=x86-64-v2"];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "", false, false, OfTarget, "-C target-cpu=x86-64-v2")]
    [InlineData("", "", true, false, "CARGO_BUILD_RUSTFLAGS", "-C target-cpu=x86-64-v2")]
    [InlineData("", "", true, true, OfTarget, "-C target-cpu=x86-64-v2")]
    [InlineData(OfTarget, "--cfg a", true, false, OfTarget, "--cfg a -C target-cpu=x86-64-v2")]
    [InlineData("CARGO_BUILD_RUSTFLAGS", "--cfg a", false, false, "CARGO_BUILD_RUSTFLAGS", "--cfg a -C target-cpu=x86-64-v2")]
    [InlineData("RUSTFLAGS", "--cfg a", true, true, "RUSTFLAGS", "--cfg a -C target-cpu=x86-64-v2")]
    [InlineData("RUSTFLAGS", "", true, true, "RUSTFLAGS", "-C target-cpu=x86-64-v2")]
    [InlineData("CARGO_ENCODED_RUSTFLAGS", "--cfg\u001fa b", true, true, "CARGO_ENCODED_RUSTFLAGS", "--cfg\u001fa b\u001f-C\u001ftarget-cpu=x86-64-v2")]
    [InlineData("CARGO_ENCODED_RUSTFLAGS", "", true, true, "CARGO_ENCODED_RUSTFLAGS", "-C\u001ftarget-cpu=x86-64-v2")]
    public void They_go_behind_the_user_s_own(string set, string to, bool build, bool target, string variable, string value) =>
        TunedFlags.Place(Flags, Triple, name => name == set ? to : null, () => new(build, target, null)).ShouldBe((variable, value));

    [Fact]
    public void Where_a_condition_decides_which_count_nothing_is_guessed()
    {
        var error = Should.Throw<FerryException>(() => TunedFlags.Place(Flags, Triple, _ => null, () => new(Build: true, Target: false, "cfg(unix)")));
        error.Cause.ShouldBe("its configuration has some in [build] and some in [target.'cfg(unix)']");
        TunedFlags.Place(Flags, Triple, _ => null, () => new(Build: false, Target: false, "cfg(unix)")).Variable.ShouldBe(OfTarget);
        TunedFlags.Place(Flags, Triple, _ => null, () => new(Build: true, Target: true, "cfg(unix)")).Variable.ShouldBe(OfTarget);
    }

    /// <summary>The rule itself is cargo's: so it is asked.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("[build]\nrustflags = [\"--cfg\", \"mine\"]\n", "--cfg mine")]
    [InlineData("[target.x86_64-unknown-linux-gnu]\nrustflags = \"--cfg mine\"\n", "--cfg mine")]
    [InlineData("[build]\nrustflags = []\n[target.'cfg(unix)']\nrustflags = [\"--cfg\", \"mine\"]\n", "--cfg mine")]
    [InlineData("[build]\nrustflags = [\"--cfg\", \"lost\"]\n[target.x86_64-unknown-linux-gnu]\nrustflags = \"--cfg mine\"\n", "--cfg mine")]
    public void What_cargo_gives_to_rustc_has_the_user_s_own_and_ours(string configuration, string mine)
    {
        var toolchain = Path.Combine(Repository.Cache, "toolchain", "bin");
        Assert.SkipUnless(Directory.Exists(toolchain), "no Rust toolchain; ./test makes it");
        Directory.CreateDirectory(folder[".cargo"]);
        Directory.CreateDirectory(folder["src"]);
        File.WriteAllText(folder[".cargo/config.toml"], configuration);
        File.WriteAllText(folder["Cargo.toml"], "[package]\nname = \"it\"\nversion = \"0.1.0\"\nedition = \"2021\"\n[workspace]\n");
        File.WriteAllText(folder["src/lib.rs"], "");
        var rust = new RustToolchain(Path.Combine(toolchain, "cargo"), Path.Combine(toolchain, "rustc"), [], "1.85.0", Triple, "");

        var (variable, value) = TunedFlags.Place(Flags, Triple, _ => null, () => CargoConfiguration.Ask(rust, Triple, [], folder.Path));

        var line = Run.Process(rust.Cargo, ["build", "-v", "--offline", "--target", Triple], folder.Path,
            [new("RUSTC", rust.Rustc), new("RUSTFLAGS", null), new("CARGO_ENCODED_RUSTFLAGS", null), new(variable, value)]).ShouldExitWith(0).Errors;
        line.ShouldContain("-C target-cpu=x86-64-v2");
        line.ShouldContain(mine);
        line.ShouldNotContain("lost");
    }

    [Fact]
    public void A_cargo_that_does_not_answer_is_an_error_that_says_what_helps()
    {
        var error = Should.Throw<FerryException>(() => CargoConfiguration.Ask(new RustToolchain("false", "rustc", [], "1.85.0", Triple, ""), Triple, []));
        error.Help.ShouldBe("set RUSTFLAGS (to nothing, if you have none): then they are added there");
    }
}
