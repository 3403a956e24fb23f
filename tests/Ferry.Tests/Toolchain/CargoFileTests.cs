using Ferry.Lab;
using Ferry.Toolchain;
using Ferry.Toolchain.CargoFiles;

namespace Ferry.Tests.Toolchain;

/// <summary>A configuration of cargo's is completed; what cargo finds in it afterwards is asked of cargo.</summary>
public sealed class CargoFileTests : IDisposable
{
    private const string Triple = "aarch64-unknown-linux-gnu";

    private static readonly CargoEntry[] Wanted =
    [
        new(["build"], "target", Triple),
        new(["target", Triple], "linker", "/cache/links/one/ferry-linker"),
        new(["target", Triple], "runner", "/a cache/ferry-runner", IsList: true),
        new(["env"], "FERRY_DEVICE", "pi4"),
        new(["env"], "CC_aarch64_unknown_linux_gnu", @"C:\a ""b"" ä"),
    ];

    private readonly TemporaryFolder folder = new();

    private readonly RustToolchain rust = new(Path.Combine(Repository.Cache, "toolchain", "bin", "cargo"), "rustc", [], "1.85.0", "x86_64-unknown-linux-gnu", "");

    private string PathOfFile => folder[".cargo/config.toml"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("[alias]\nb = \"build\"")]
    [InlineData("# mine\n[build] # jobs\njobs = 3 # three\n\n[env]\nMINE = \"1\"\n")]
    [InlineData("[build]\r\njobs = 3\r\n")]
    [InlineData("[ target . 'aarch64-unknown-linux-gnu' ]\nrustflags = []\n[net]\noffline = true\n")]
    [InlineData("[target.'cfg(unix)']\nrunner = \"mine\"\n[target.armv7-unknown-linux-gnueabihf]\nlinker = \"arm-gcc\"\n")]
    [InlineData("[build]\ntarget = \"aarch64-unknown-linux-gnu\"\n")]
    public void All_that_was_there_is_and_the_entries_besides(string before)
    {
        Write(before);
        var said = CargoFileReading.OfText(rust, before);

        var file = Complete();

        file.After.Replace(" ", "", StringComparison.Ordinal).ShouldContain(before.Trim().Split('\n')[0].Replace(" ", "", StringComparison.Ordinal));
        var now = CargoFileReading.OfText(rust, file.After);
        now.ShouldBe(said.Concat(Wanted.Select(entry => KeyValuePair.Create(entry.Path, entry.Value))).DistinctBy(pair => pair.Key), ignoreOrder: true);
        file.Kept.ShouldBeEmpty();
        Write(file.After);
        Complete().Changes.ShouldBeFalse();
        CargoFileText.Without(file.After).Trim().ShouldBe(before.Trim());
    }

    [Fact]
    public void What_Ferry_wrote_for_another_device_is_replaced()
    {
        Write("[build]\njobs = 3\n");
        Write(CargoFile.Complete(Toolchain, folder.Path, [new(["build"], "target", "armv7-unknown-linux-gnueabihf"), new(["target", "armv7-unknown-linux-gnueabihf"], "linker", "/old/ferry-linker"), new(["env"], "FERRY_DEVICE", "zero")]).After);
        var after = Complete().After;
        after.ShouldNotContain("armv7");
        after.ShouldNotContain("zero");
        after.ShouldStartWith($"[build]\ntarget = \"{Triple}\" # by ferry init\njobs = 3\n");
    }

    [Theory]
    [InlineData("[build]\ntarget = \"armv7-unknown-linux-gnueabihf\"\n", "build.target is 'armv7-unknown-linux-gnueabihf', and would have to be 'aarch64-unknown-linux-gnu'")]
    [InlineData("[build]\ntarget = [\"aarch64-unknown-linux-gnu\"]\n", "build.target.0 is ")]
    [InlineData("target.aarch64-unknown-linux-gnu.linker = \"aarch64-linux-gnu-gcc\"\n", "target.aarch64-unknown-linux-gnu.linker is 'aarch64-linux-gnu-gcc'")]
    [InlineData("[target.aarch64-unknown-linux-gnu]\nrunner = [\"python3\", \"bld-deploy-remote.py\", \"-t\", \"-r\", \"--source\"]\n", "target.aarch64-unknown-linux-gnu.runner.1 is 'bld-deploy-remote.py'")]
    public void A_setting_of_the_user_s_is_never_changed_and_each_is_named(string before, string cause)
    {
        Write(before);
        Should.Throw<FerryException>(Complete).Cause!.ShouldContain(cause);
        File.ReadAllText(PathOfFile).ShouldBe(before);
    }

    [Theory]
    [InlineData("build = { jobs = 3 }\n")]
    [InlineData("build.jobs = 3\n")]
    [InlineData("[alias]\nb = \"\"\"\n[build]\n\"\"\"\n")]
    public void A_form_that_cannot_be_completed_is_seen_and_the_lines_are_shown(string before)
    {
        Write(before);
        Should.Throw<FerryException>(Complete).Help!.ShouldContain($"[build]\ntarget = \"{Triple}\"\n");
    }

    [Fact]
    public void A_variable_of_the_user_s_stays_and_is_named()
    {
        Write("[env]\nCC_aarch64_unknown_linux_gnu = { value = \"clang\", force = true }\n");
        var file = Complete();
        file.Kept.ShouldBe([Wanted[4]]);
        CargoFileReading.OfText(rust, file.After).Values.ShouldContain("clang");
        file.After.ShouldNotContain("CC_aarch64_unknown_linux_gnu = \"");
    }

    [Fact]
    public void A_file_that_cargo_cannot_read_is_told_in_cargo_s_words()
    {
        Write("[build\n");
        Should.Throw<FerryException>(Complete).Cause!.ShouldContain("TOML parse error");
    }

    [Fact]
    public void The_old_name_of_the_file_goes_first_as_it_does_for_cargo()
    {
        Write("");
        File.WriteAllText(folder[".cargo/config"], "[net]\noffline = true\n");
        Complete().Path.ShouldBe(folder[".cargo/config"]);
    }

    private RustToolchain Toolchain
    {
        get
        {
            Assert.SkipUnless(File.Exists(rust.Cargo), "no Rust toolchain; ./test makes it");
            return rust;
        }
    }

    private CargoFile Complete() => CargoFile.Complete(Toolchain, folder.Path, Wanted);

    private void Write(string text)
    {
        Directory.CreateDirectory(folder[".cargo"]);
        File.WriteAllText(PathOfFile, text);
    }
}
