using Ferry.Toolchain.Compilers;

namespace Ferry.Tests.Toolchain;

public class BuildVariablesTests
{
    private const string Host = "x86_64-unknown-linux-gnu";
    private static readonly BuildToolSettings Settings = new("made-up-target", Host, "/sysroot", "/rust/lib", "pi");

    [Fact]
    public void Every_name_is_the_one_with_underscores()
    {
        var variables = Of(Settings);
        variables.Keys.ShouldAllBe(name => name.EndsWith("_made_up_target"));
        variables["CC_made_up_target"].ShouldBe("/links/x/ferry-cc");
        variables["AR_made_up_target"].ShouldBe("/links/x/ferry-ar");
        variables["PKG_CONFIG_SYSROOT_DIR_made_up_target"].ShouldBe("/sysroot");
        variables["PKG_CONFIG_LIBDIR_made_up_target"]!.Split(':').ShouldAllBe(folder => folder.StartsWith("/sysroot/"));
        variables["CMAKE_TOOLCHAIN_FILE_made_up_target"].ShouldBe("/links/x/toolchain.cmake");
        variables["BINDGEN_EXTRA_CLANG_ARGS_made_up_target"]!.ShouldContain("-nostdlibinc");
        variables.Keys.ShouldNotContain(name => name.StartsWith("CFLAGS"));
    }

    [Theory]
    [InlineData("RANLIB_made-up-target")]
    [InlineData("RANLIB_made_up_target")]
    [InlineData("TARGET_RANLIB")]
    public void What_the_user_has_set_stays(string name)
    {
        Environment.SetEnvironmentVariable(name, "/mine");
        try
        {
            Of(Settings).Keys.ShouldNotContain("RANLIB_made_up_target");
            BuildVariables.UsersOwn("RANLIB", Settings.Target, Host).ShouldBe(name);
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    [Fact]
    public void Without_a_sysroot_pkg_config_is_shown_nothing()
    {
        var variables = Of(Settings with { Sysroot = "" });
        variables["PKG_CONFIG_LIBDIR_made_up_target"]!.Split(':').ShouldAllBe(folder => !Directory.Exists(folder));
    }

    [Fact]
    public void A_musl_program_is_shown_no_library_that_was_built_for_glibc()
    {
        var settings = Settings with { Target = "arm-unknown-linux-musleabihf" };
        PcFolders.For(settings).ShouldBe(["/sysroot/usr/lib/arm-linux-musleabihf/pkgconfig"]);
    }

    private static Dictionary<string, string?> Of(BuildToolSettings settings)
    {
        var variables = new Dictionary<string, string?>();
        BuildVariables.AddTo(variables, "/links/x", settings);
        return variables;
    }
}
