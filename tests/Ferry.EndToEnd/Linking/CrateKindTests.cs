namespace Ferry.EndToEnd.Linking;

/// <summary>Each kind of crate, compiled by cargo, linked through the door without any C toolchain, and run.</summary>
public sealed class CrateKindTests(Bench bench) : IClassFixture<Bench>
{
    public static TheoryData<string> Targets => Platform.Targets;

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_program_with_a_build_script_and_a_proc_macro_runs(string target)
    {
        var result = bench.Cargo(target, ["run", "-q", "-p", "app", "--bin", "app", "--", "a b", "é"]).ShouldExitWith(7);
        var architecture = target.Split('-')[0] is "armv7" or "arm" ? "arm" : target.Split('-')[0];
        result.Output.ShouldBe($"""
            arguments ["a b", "é"]
            architecture {architecture} built on x86_64
            answer 42
            constructors 1
            size true
            thread 42
            caught true

            """);
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Tests_benches_and_examples_run(string target)
    {
        var tests = bench.Cargo(target, ["test", "-p", "app", "--all-targets"]).ShouldExitWith(0);
        tests.Output.ShouldContain("test tests::constructors_run_once ... ok");
        tests.Output.ShouldContain("test tests::panics_unwind - should panic ... ok");
        tests.Output.ShouldContain("test the_library_is_linked_once ... ok");
        tests.Output.ShouldContain("bench counted 499500");
        bench.Cargo(target, ["run", "-q", "-p", "app", "--example", "hello"]).ShouldExitWith(0).Output.ShouldBe("hello from an example\n");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_cdylib_is_loaded_and_unloaded_and_its_exit_handlers_run_once(string target)
    {
        bench.Cargo(target, ["build", "-q", "-p", "plugin"]).ShouldExitWith(0);
        var plugin = Path.Combine(bench.TargetFolder, target, "debug", "libplugin.so");
        var result = bench.Execute(target, Path.Combine(bench.TargetFolder, target, "debug", "loader"), plugin).ShouldExitWith(0);
        result.Output.ShouldBe("""
            thread-local dropped
            called 42
            handler of the plugin
            closed 0
            handler of the loader

            """);

        // Nothing of the start-up code is anybody else's.
        var exported = Bench.ReadElf("--dyn-syms", plugin).Split('\n').Where(line => line.Contains(" GLOBAL ") && !line.Contains(" UND ")).ShouldHaveSingleItem();
        exported.ShouldEndWith("plugin_call");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_dylib_is_linked_and_found(string target)
    {
        bench.Cargo(target, ["run", "-q", "-p", "uses-shared"]).ShouldExitWith(0).Output.ShouldBe("shared 2\n");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void The_file_is_what_a_C_toolchain_would_have_made(string target)
    {
        bench.Cargo(target, ["build", "-q", "-p", "app"]).ShouldExitWith(0);
        var program = Path.Combine(bench.TargetFolder, target, "debug", "app");
        Bench.ReadElf("-h", program).ShouldContain(Platform.Of(target).Machine);
        Bench.ReadElf("-h", program).ShouldContain("DYN (Position-Independent Executable file)");
        Bench.ReadElf("-l", program).ShouldContain($"[Requesting program interpreter: {Platform.Of(target).Interpreter}]");
        Bench.ReadElf("-n", program).ShouldContain("OS: Linux, ABI: 3.2.0");
        Bench.ReadElf("-n", program).ShouldContain("Build ID:");
        var dynamic = Bench.ReadElf("-d", program);
        dynamic.ShouldContain("[libc.so.6]");
        dynamic.ShouldContain("NOW");
        dynamic.ShouldNotContain("TEXTREL");
        dynamic.ShouldNotContain(bench.Links);
        Bench.ReadElf("-l", program).ShouldContain("GNU_RELRO");
        if (target == "arm-unknown-linux-gnueabihf")
        {
            Bench.ReadElf("-A", program).ShouldContain("Tag_CPU_arch: v6");
        }
    }
}
