using Ferry.Settings;

namespace Ferry.Tests.Settings;

public sealed class ProjectSettingsTests
{
    private const string Metadata = """
        {"packages":[
          {"name":"app","manifest_path":"/w/app/Cargo.toml","metadata":{"ferry":{"device":"zero","env":{"A":"package"}}}},
          {"name":"tool","manifest_path":"/w/app/tool/Cargo.toml","metadata":null}],
         "metadata":{"ferry":{"device":"pi4","folder":"/data","static":true,"env":{"A":"workspace","B":"2"}}}}
        """;

    [Fact]
    public void The_package_goes_before_the_workspace()
    {
        var settings = ProjectSettings.Read(Metadata, "/w/app/src", package: null);
        settings.Device.ShouldBe(new Setting<string>("zero", "[package.metadata.ferry]"));
        settings.Folder.ShouldBe(new Setting<string>("/data", "[workspace.metadata.ferry]"));
        settings.Static.ShouldBe(new Setting<bool>(true, "[workspace.metadata.ferry]"));
        settings.Environment.ShouldBe(new Dictionary<string, string> { ["A"] = "package", ["B"] = "2" }, ignoreOrder: true);
    }

    [Fact]
    public void A_ceiling_is_a_setting_of_the_project() =>
        ProjectSettings.Read(Metadata.Replace("\"device\":\"pi4\"", "\"glibc\":\"2.28\""), "/w/app", package: null).Glibc.ShouldBe(new Setting<string>("2.28", "[workspace.metadata.ferry]"));

    [Fact]
    public void The_package_is_the_deepest_one_that_the_user_is_in() =>
        ProjectSettings.Read(Metadata, "/w/app/tool/src", package: null).Device!.Value.Value.ShouldBe("pi4");

    [Fact]
    public void The_package_is_the_one_that_was_named() =>
        ProjectSettings.Read(Metadata, "/w/app/tool", package: "app@0.1.0").Device!.Value.Value.ShouldBe("zero");

    [Fact]
    public void A_typo_in_a_key_is_an_error_that_suggests_the_right_one()
    {
        var error = Should.Throw<FerryException>(() => ProjectSettings.Read("""{"packages":[],"metadata":{"ferry":{"devise":"pi4"}}}""", "/w", null));
        error.Message.ShouldBe("unknown setting 'devise' in [workspace.metadata.ferry] of Cargo.toml");
        error.Help.ShouldBe("did you mean 'device'?");
    }

    [Fact]
    public void A_value_of_the_wrong_kind_is_an_error_that_shows_it()
    {
        var error = Should.Throw<FerryException>(() => ProjectSettings.Read("""{"packages":[],"metadata":{"ferry":{"device":4}}}""", "/w", null));
        error.Message.ShouldContain("is not a string");
        error.Cause.ShouldBe("it is: 4");
    }

    [Fact]
    public void Static_is_true_or_false_and_nothing_else()
    {
        var error = Should.Throw<FerryException>(() => ProjectSettings.Read("""{"packages":[],"metadata":{"ferry":{"static":"yes"}}}""", "/w", null));
        error.Message.ShouldBe("'static' in [workspace.metadata.ferry] of Cargo.toml is not true or false");
        error.Cause.ShouldBe("it is: \"yes\"");
    }

    [Fact]
    public void Crates_whose_newer_code_is_let_through_add_up()
    {
        const string Both = """{"packages":[{"name":"a","manifest_path":"/w/Cargo.toml","metadata":{"ferry":{"allow-newer-code":["ring"]}}}],"metadata":{"ferry":{"allow-newer-code":["openssl-sys","libz.a"]}}}""";
        ProjectSettings.Read(Both, "/w", null).AllowNewerCode.ShouldBe(["openssl-sys", "libz.a", "ring"]);
        Should.Throw<FerryException>(() => ProjectSettings.Read("""{"packages":[],"metadata":{"ferry":{"allow-newer-code":"ring"}}}""", "/w", null))
            .Message.ShouldBe("'allow-newer-code' in [workspace.metadata.ferry] of Cargo.toml is not a list of crates such as [\"openssl-sys\"]");
    }

    [Fact]
    public void A_project_that_says_nothing_about_ferry_sets_nothing()
    {
        var settings = ProjectSettings.Read("""{"packages":[{"name":"a","manifest_path":"/w/Cargo.toml","metadata":{"docs":{}}}],"metadata":null}""", "/w", null);
        settings.Device.ShouldBeNull();
        settings.Environment.ShouldBeEmpty();
    }
}
