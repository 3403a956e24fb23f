using Ferry.Lab;
using Ferry.Toolchain;

namespace Ferry.EndToEnd.Linking;

/// <summary>Where the device's target is this PC's own, and rustup's Rust for this PC.</summary>
public sealed class HostTests(Bench bench) : IClassFixture<Bench>
{
    private const string Target = "x86_64-unknown-linux-gnu";

    [Fact]
    public void What_runs_here_is_left_to_cc_and_what_runs_there_is_not()
    {
        // A cc that writes down what it is asked for, and lets Ferry's link for this PC do it.
        var host = CargoLinking.HostLink(bench.Toolchain, Bench.Ferry, bench.Links).ShouldNotBeNull();
        var log = Path.Combine(bench.Workspace, "cc.log");
        var tools = bench.FolderOfTools("cc", $"#!/bin/sh\nprintf '%s\\n' \"$@\" >>'{log}'\nexec '{host.Linker}' \"$@\"\n");
        var path = $"{tools}:{Path.GetDirectoryName(bench.Toolchain.Cargo)}";
        bench.Cargo(Target, ["run", "-q", "-p", "app", "--bin", "app"], ("PATH", path)).ShouldExitWith(7).Output.ShouldContain("answer 42");

        var lines = File.ReadAllLines(log);
        var outputs = lines.Zip(lines.Skip(1)).Where(pair => pair.First == "-o").Select(pair => Path.GetFileName(pair.Second).Split('-')[0]).Order();
        outputs.ShouldBe(["build_script_build", "libmacros"]);
    }

    [Fact]
    public void The_current_stable_of_rustup_is_understood()
    {
        var rustc = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cargo", "bin", "rustc");
        Assert.SkipUnless(File.Exists(rustc), "no rustup here");
        var output = Path.Combine(bench.Workspace, "stable");
        var library = Path.Combine(bench.Workspace, "libstable.so");
        var link = bench.Link(Target);
        var environment = bench.Environment(Target);
        environment["PATH"] = Path.GetDirectoryName(rustc);
        Run.Process(rustc, ["-Clinker=" + link.Linker, Bench.Cases("single/hello.rs"), "-o", output], bench.Workspace, environment).ShouldExitWith(0);
        Run.Process(output, []).ShouldExitWith(0).Output.ShouldBe("hello 1\n");
        Run.Process(rustc, ["-Clinker=" + link.Linker, "--crate-type=cdylib", Bench.Cases("every-kind/plugin/src/lib.rs"), "-o", library], bench.Workspace, environment).ShouldExitWith(0);
        Bench.ReadElf("-d", library).ShouldContain("FINI_ARRAY");
    }

    [Fact]
    public void The_start_up_code_compiles_without_a_warning_also_with_rustups_stable()
    {
        var stable = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cargo", "bin", "rustc");
        foreach (var rustc in new[] { bench.Toolchain.Rustc, stable }.Where(File.Exists))
        {
            foreach (var part in new[] { "program", "shared", "nonshared", "nonshared_stat", "static_program", "static_fixed" })
            {
                Run.Process(rustc, ["--crate-type=lib", "--emit=obj", "-Cpanic=abort", "--edition=2021", "--cfg", part, "-Dwarnings", "-o", Path.Combine(bench.Workspace, part + ".o"), Repository.PathOf("device", "start.rs")])
                    .ShouldExitWith(0).Errors.ShouldBeEmpty();
            }
        }
    }

    [Theory]
    [InlineData("x86_64-unknown-linux-gnu", 1)]
    [InlineData("aarch64-unknown-linux-gnu", 0)]
    [InlineData("armv7-unknown-linux-gnueabihf", 3)]
    public void Before_glibc_2_33_stat_goes_by_way_of_xstat(string target, int version)
    {
        // No such libc is at hand: the program itself plays the function that it would have.
        var source = Path.Combine(bench.Workspace, $"stat-{target}.rs");
        var output = Path.Combine(bench.Workspace, $"stat-{target}");
        File.WriteAllText(source, """
            use std::ffi::{c_char, c_int, c_void, CStr};
            macro_rules! absent { ($($name:ident)*) => { $(#[no_mangle] extern "C" fn $name() -> c_int { 99 })* } }
            absent! { __xstat __lxstat __lxstat64 __fxstat __fxstat64 __fxstatat __fxstatat64 __xmknod __xmknodat }
            #[no_mangle] extern "C" fn __xstat64(version: c_int, path: *const c_char, _: *mut c_void) -> c_int {
                println!("{version} {:?}", unsafe { CStr::from_ptr(path) });
                5
            }
            extern "C" { fn stat64(path: *const c_char, into: *mut c_void) -> c_int; }
            fn main() { println!("{}", unsafe { stat64(c"/x".as_ptr(), std::ptr::null_mut()) }); }
            """);
        var start = Path.Combine(bench.Link(target).Root, "start-nonshared-stat.o");
        bench.Rustc(target, "--edition=2021", "-Clink-arg=" + start, source, "-o", output).ShouldExitWith(0);
        bench.Execute(target, output).ShouldExitWith(0).Output.ShouldBe($"{version} \"/x\"\n5\n");
    }

    [Fact]
    public void A_static_glibc_program_runs_where_libc_a_is_at_hand()
    {
        Assert.SkipUnless(File.Exists("/usr/lib/x86_64-linux-gnu/libc.a"), "no libc6-dev here");
        var gcc = Directory.GetDirectories("/usr/lib/gcc/x86_64-linux-gnu").FirstOrDefault(folder => File.Exists(Path.Combine(folder, "libgcc_eh.a")));
        Assert.SkipWhen(gcc is null, "no libgcc_eh.a here");
        foreach (var model in new[] { "pic", "static" })
        {
            var output = Path.Combine(bench.Workspace, "static-" + model);
            bench.Rustc(Target, "-Ctarget-feature=+crt-static", "-Crelocation-model=" + model, "-L/usr/lib/x86_64-linux-gnu", "-L" + gcc, Bench.Cases("single/hello.rs"), "-o", output).ShouldExitWith(0);
            Run.Process(output, ["x"]).ShouldExitWith(0).Output.ShouldBe("hello 2\n");
            Bench.ReadElf("-l", output).ShouldNotContain("INTERP");
        }
    }
}
