namespace Ferry.EndToEnd.OlderGlibc;

/// <summary><c>--glibc</c> and Cargo.toml's <c>glibc</c>, as a user types them; programs run in the emulator with a real glibc 2.31.</summary>
public sealed class GlibcOptionTests(OldDevice old) : IClassFixture<OldDevice>
{
    [Fact]
    public void A_program_built_from_new_libraries_runs_on_the_old_device()
    {
        // The emulator's own are the oldest, so only a ceiling above them makes the new ones the right ones.
        old.Run("run", "-q", "--on", "emulator", "--glibc", "2.28").ShouldExitWith(0).Output.ShouldStartWith("glibc 2.31\n");
        old.Run("build", "--on", "new", "--glibc", "2.36").ShouldExitWith(0);
        var refused = old.Run("run", "-q", "--on", "emulator", "--glibc", "2.36").ShouldExitWith(125);
        refused.Errors.ShouldContain("error: 'old' needs GLIBC_2.34, but device 'emulator' has 2.30");
    }

    [Fact]
    public void A_device_stands_for_its_own_glibc()
    {
        var plan = old.Run("build", "--on", "new", "--glibc", "emulator", "--dry-run").ShouldExitWith(0);
        // Of the versions that a libc.so.6 of 2.31 defines here the newest is 2.30.
        plan.Output.ShouldContain("at least 2.30");
        plan.Output.ShouldContain("--glibc, of device 'emulator'");
    }

    [Fact]
    public void Cargo_toml_says_it_for_everybody()
    {
        var project = CargoProject.WithProgram(old.Ferry.Home, "stated", "[package.metadata.ferry]\nglibc = \"2.28\"\n");
        old.Ferry.RunIn(project.Folder, "build", "--on", "new", "--dry-run").ShouldExitWith(0).Output.ShouldContain("at least 2.28");
        // A static program has no use for it, and nobody typed it.
        old.Ferry.RunIn(project.Folder, "build", "--on", "new", "--target", "aarch64-unknown-linux-musl", "--dry-run").ShouldExitWith(0).Output.ShouldNotContain("2.28");
    }

    [Theory]
    [InlineData("2.x", "'2.x' is neither a version of glibc nor a device")]
    [InlineData("", "'' is neither a version of glibc nor a device")]
    [InlineData("2", "'2' is neither a version of glibc nor a device")]
    [InlineData("2.31.5", "'2.31.5' is neither a version of glibc nor a device")]
    [InlineData("nwe", "did you mean 'new'?")]
    [InlineData("2.12", "glibc begins at 2.17 on aarch64")]
    [InlineData("99999999999.1", "is neither a version of glibc nor a device")]
    public void What_is_no_ceiling_is_refused(string glibc, string words)
    {
        old.Run("build", "--on", "new", "--glibc", glibc).ShouldExitWith(2).Errors.ShouldContain(words);
        old.Run("run", "--on", "new", "--glibc", glibc).ShouldExitWith(125).Errors.ShouldContain(words);
    }

    [Fact]
    public void Older_than_what_Rust_runs_on_is_refused_on_32_bit_arm_as_well() =>
        old.Run("build", "--on", "new", "--glibc", "2.4", "--target", "armv7-unknown-linux-gnueabihf").ShouldExitWith(2)
            .Errors.ShouldContain("Rust needs glibc 2.17 or newer");

    [Fact]
    public void A_static_program_has_no_ceiling() =>
        old.Run("build", "--on", "new", "--glibc", "2.28", "--target", "aarch64-unknown-linux-musl").ShouldExitWith(2)
            .Errors.ShouldContain("it is static, and needs no glibc at all");
}
