namespace Ferry.EndToEnd.Linking;

/// <summary>Cargo's profiles and rustc's flags that change the linker's line.</summary>
public sealed class ProfileTests(Bench bench) : IClassFixture<Bench>
{
    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", "release")]
    [InlineData("aarch64-unknown-linux-gnu", "thin")]
    [InlineData("aarch64-unknown-linux-gnu", "fat")]
    [InlineData("aarch64-unknown-linux-gnu", "abort")]
    [InlineData("aarch64-unknown-linux-gnu", "stripped")]
    [InlineData("armv7-unknown-linux-gnueabihf", "release")]
    [InlineData("armv7-unknown-linux-gnueabihf", "thin")]
    [InlineData("armv7-unknown-linux-gnueabihf", "fat")]
    [InlineData("armv7-unknown-linux-gnueabihf", "abort")]
    [InlineData("armv7-unknown-linux-gnueabihf", "stripped")]
    [InlineData("arm-unknown-linux-gnueabihf", "release")]
    [InlineData("arm-unknown-linux-gnueabihf", "fat")]
    [InlineData("arm-unknown-linux-gnueabihf", "stripped")]
    [InlineData("x86_64-unknown-linux-gnu", "release")]
    [InlineData("x86_64-unknown-linux-gnu", "thin")]
    [InlineData("x86_64-unknown-linux-gnu", "fat")]
    [InlineData("x86_64-unknown-linux-gnu", "abort")]
    [InlineData("x86_64-unknown-linux-gnu", "stripped")]
    public void A_profile_runs(string target, string profile)
    {
        bench.Cargo(target, ["run", "-q", "-p", "app", "--bin", "app", "--profile", profile]).ShouldExitWith(7)
            .Output.ShouldContain("answer 42\nconstructors 1\nsize true\nthread 42\n");
        if (profile == "stripped")
        {
            Bench.ReadElf("-S", Path.Combine(bench.TargetFolder, target, profile, "app")).ShouldNotContain(".symtab");
        }
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", "-Ctarget-cpu=cortex-a72")]
    [InlineData("armv7-unknown-linux-gnueabihf", "-Ctarget-cpu=cortex-a7")]
    [InlineData("armv7-unknown-linux-gnueabihf", "-Crelocation-model=static")]
    [InlineData("aarch64-unknown-linux-gnu", "-Crelocation-model=static")]
    [InlineData("x86_64-unknown-linux-gnu", "-Crelocation-model=static")]
    [InlineData("aarch64-unknown-linux-gnu", "-Cinstrument-coverage")]
    [InlineData("armv7-unknown-linux-gnueabihf", "-Cinstrument-coverage")]
    [InlineData("aarch64-unknown-linux-gnu", "-Clinker-plugin-lto -Copt-level=2")]
    [InlineData("aarch64-unknown-linux-gnu", "-Cprefer-dynamic -Crpath")]
    [InlineData("aarch64-unknown-linux-gnu", "-Clink-arg=-Wl,--build-id=sha1,--no-rosegment -Clink-arg=-rdynamic -Clink-arg=-pthread")]
    [InlineData("aarch64-unknown-linux-musl", "")]
    [InlineData("armv7-unknown-linux-musleabihf", "")]
    [InlineData("arm-unknown-linux-musleabihf", "")]
    [InlineData("x86_64-unknown-linux-musl", "")]
    public void A_program_runs_with_these_flags(string target, string flags)
    {
        var output = Path.Combine(bench.Workspace, "hello " + Guid.NewGuid());
        bench.Rustc(target, [.. flags.Split(' ', StringSplitOptions.RemoveEmptyEntries), Bench.Cases("single/hello.rs"), "-o", output]).ShouldExitWith(0);
        if (!flags.Contains("prefer-dynamic"))
        {
            bench.Execute(target, output, "x").ShouldExitWith(0).Output.ShouldBe("hello 2\n");
        }
    }

    [Fact]
    public void A_line_too_long_for_the_kernel_comes_and_goes_as_a_response_file()
    {
        // 3 MB: rustc is refused by the kernel (2 MB, an eighth of the stack), and starts the linker again with @file.
        var arguments = Path.Combine(bench.Workspace, "arguments");
        var folder = Path.Combine(bench.Workspace, "a folder that is not there");
        File.WriteAllLines(arguments, Enumerable.Range(0, 20_000).Select(i => $"-Clink-arg=-L{folder}/with a rather long name, the {i}th of its kind, so that the line gets long enough"));
        const string Target = "aarch64-unknown-linux-gnu";
        var output = Path.Combine(bench.Workspace, "long");
        bench.Rustc(Target, "@" + arguments, "-Ccodegen-units=64", Bench.Cases("single/hello.rs"), "-o", output).ShouldExitWith(0);
        bench.Execute(Target, output).ShouldExitWith(0).Output.ShouldBe("hello 1\n");
        Directory.GetFiles(bench.Workspace, "ferry-linker-arguments").ShouldBeEmpty();
    }

    [Fact]
    public void An_option_that_is_not_in_the_table_ends_the_build_with_its_name()
    {
        var result = bench.Rustc("aarch64-unknown-linux-gnu", "-Clink-arg=-fsplit-stack", Bench.Cases("single/hello.rs"), "-o", "never").ShouldExitWith(1);
        result.Errors.ShouldContain("error: the linker line has '-fsplit-stack', which Ferry does not know");
        result.Errors.ShouldContain("-C link-arg");
    }

    [Fact]
    public void A_static_glibc_program_is_refused_where_there_is_no_libc_a()
    {
        bench.Rustc("aarch64-unknown-linux-gnu", "-Ctarget-feature=+crt-static", Bench.Cases("single/hello.rs"), "-o", "never").ShouldExitWith(1)
            .Errors.ShouldContain("use the target aarch64-unknown-linux-musl");
    }
}
