using Ferry.Lab;

namespace Ferry.EndToEnd.Cargo;

/// <summary>
/// Whatever runner, linker, target or flags a user has configured for cargo, and wherever: <c>ferry run</c> works all the same, and changes no file of theirs.
/// The runners and linkers named here do not exist.
/// </summary>
public sealed class UserConfigurationTests(UserConfigurationTests.Session session) : IClassFixture<UserConfigurationTests.Session>
{
    private const string Target = "aarch64-unknown-linux-gnu";

    public static TheoryData<string, string> Configurations => new()
    {
        { $"[target.{Target}]\nrunner = \"/nowhere/runner --flag\"\nlinker = \"/nowhere/gcc\"", "" },
        { $"[target.{Target}]\nrunner = [\"/nowhere/runner\", \"--a flag\"]", "" },
        { "[target.'cfg(unix)']\nrunner = \"/nowhere/runner\"", "" },
        { "[target.'cfg(all(target_arch = \"aarch64\", target_os = \"linux\"))']\nrunner = [\"/nowhere/runner\", \"x\"]", "" },
        { "[build]\ntarget = \"x86_64-unknown-linux-gnu\"", "" },
        { "[build]\ntarget-dir = \"elsewhere/target\"", "" },
        { "[build]\nrustflags = [\"--cfg\", \"from_user\"]", " with a flag" },
        { $"[target.{Target}]\nrustflags = [\"--cfg\", \"from_user\", \"-C\", \"link-arg=-fuse-ld=lld\"]", " with a flag" },
        { "[target.'cfg(unix)']\nrustflags = \"--cfg from_user\"", " with a flag" },
        { "[env]\nFROM_USER = \"1\"\n[alias]\nrun = \"build\"", "" },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_file_in_the_project_a_parent_folder_or_cargos_home(string configuration, string seen)
    {
        foreach (var place in new[] { "work/project/.cargo/config.toml", "work/.cargo/config.toml", "cargo-home/config.toml" })
        {
            var file = Path.Combine(session.Root, place);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, configuration + "\n");
            Works(seen, [], place);
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("RUSTFLAGS", "--cfg from_user", " with a flag")]
    [InlineData("CARGO_ENCODED_RUSTFLAGS", "--cfg\u001ffrom_user", " with a flag")]
    [InlineData("CARGO_BUILD_RUSTFLAGS", "--cfg from_user", " with a flag")]
    [InlineData("CARGO_BUILD_TARGET", "x86_64-unknown-linux-gnu", "")]
    [InlineData("CARGO_TARGET_DIR", "target/a relative/ä", "")]
    [InlineData("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER", "/nowhere/runner -x", "")]
    [InlineData("CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER", "/nowhere/gcc", "")]
    public void A_variable(string name, string value, string seen)
    {
        session.Ferry.Environment[name] = value;
        try
        {
            Works(seen, []);
        }
        finally
        {
            session.Ferry.Environment.Remove(name);
        }
    }

    [Theory]
    [InlineData("build.rustflags=['--cfg', 'from_user']", " with a flag")]
    [InlineData("target.'cfg(unix)'.runner='/nowhere/runner'", "")]
    [InlineData("build.target='x86_64-unknown-linux-gnu'", "")]
    [InlineData("net.offline=true", "")]
    public void An_option_on_the_command_line(string configuration, string seen) => Works(seen, ["--config", configuration]);

    [Fact]
    public void A_home_with_a_blank_and_letters_of_its_own()
    {
        session.Ferry.Environment["FERRY_HOME"] = Path.Combine(session.Ferry.Home, "Müllers Sachen", "ferry");
        try
        {
            Works("", []);
        }
        finally
        {
            session.Ferry.Environment.Remove("FERRY_HOME");
        }
    }

    private void Works(string seen, string[] options, string? where = null)
    {
        var before = CargoProject.StateOf(session.Root);
        var result = session.Ferry.RunIn(session.Project.Folder, ["run", "-q", "--on", "emulator", .. options, "--", "word"]);
        result.Output.ShouldBe($"aarch64{seen}, word\n", $"{where}: {result}");
        result.ExitCode.ShouldBe(0);
        CargoProject.StateOf(session.Root).ShouldBe(before, where);
    }

    public sealed class Session : IDisposable
    {
        public Session()
        {
            Root = Directory.CreateDirectory(Path.Combine(Ferry.Home, "user")).FullName;
            Ferry.Environment["CARGO_HOME"] = Directory.CreateDirectory(Path.Combine(Root, "cargo-home")).FullName;
            Project = new CargoProject(Path.Combine(Root, "work"), "project", "[lints.rust]\nunexpected_cfgs = \"allow\"").With("src/main.rs", """
                fn main() {
                    let seen = if cfg!(from_user) { " with a flag" } else { "" };
                    println!("{}{seen}, {}", std::env::consts::ARCH, std::env::args().nth(1).unwrap());
                }
                """);
        }

        public FerryTool Ferry { get; } = new();

        public string Root { get; }

        public CargoProject Project { get; }

        public void Dispose() => Ferry.Dispose();
    }
}
