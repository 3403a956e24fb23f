using Ferry.Lab;
using Ferry.Toolchain.Compilers;

namespace Ferry.EndToEnd.Compilers;

/// <summary>The doors called by hand, as make, configure scripts and cmake call them.</summary>
public sealed class DoorTests(CBench bench) : IClassFixture<CBench>
{
    private const string Target = "aarch64-unknown-linux-gnu";

    [Fact]
    public void What_a_compiler_says_of_itself_comes_through()
    {
        Door(BuildTools.Cc, "clang", Target, ["--version"]).ShouldExitWith(0).Output.ShouldContain("clang version 19");
        Door(BuildTools.Cc, "clang", Target, ["-dumpmachine"]).ShouldExitWith(0).Output.ShouldBe(Target + "\n");
        Door(BuildTools.Cc, "clang", Target, ["-E", "-P", "-x", "c", "-"], input: "__clang__ __aarch64__ __ARM_ARCH\n").ShouldExitWith(0).Output.Trim().ShouldBe("1 1 8");
        Door(BuildTools.Cc, "gcc", "armv7-unknown-linux-gnueabihf", ["-E", "-P", "-x", "c", "-"], input: "__GNUC__ __ARM_ARCH\n").ShouldExitWith(0).Output.Trim().ShouldBe("12 7");
        var wrong = Door(BuildTools.Cc, "clang", Target, ["-c", "no-such-file.c"]).ShouldExitWith(1);
        wrong.Errors.ShouldContain("no such file or directory: 'no-such-file.c'");
        wrong.Errors.ShouldNotContain("help:");
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", "clang")]
    [InlineData("arm-unknown-linux-gnueabihf", "clang")]
    [InlineData("arm-unknown-linux-musleabihf", "clang")]
    [InlineData("x86_64-unknown-linux-musl", "clang")]
    public void A_C_program_is_linked_and_runs(string target, string tools)
    {
        var source = Source("whole.c", "#include <math.h>\n#include <stdio.h>\n#include <stdlib.h>\nstatic void end(void) { puts(\"end\"); }\nint main(int count, char **words) { atexit(end); printf(\"%d %s %.1f\\n\", count, words[1], pow(2, count)); return 3; }\n");
        var program = Path.Combine(bench.Folder, "whole-" + target);
        Door(BuildTools.Cc, tools, target, [source, "-o", program, "-lm"]).ShouldExitWith(0).Errors.ShouldBeEmpty();
        string[] line = [.. CDevice.Of(target).Runner, program, "word"];
        Run.Process(line[0], line.Skip(1)).ShouldExitWith(3).Output.ShouldBe("2 word 4.0\nend\n");
    }

    [Fact]
    public void A_function_that_the_device_lacks_is_not_found_by_a_link()
    {
        var source = Source("lacks.c", "char no_such_function(void);\nint main(void) { return no_such_function(); }\n");
        Door(BuildTools.Cc, "clang", Target, [source, "-o", Path.Combine(bench.Folder, "lacks")]).ShouldExitWith(1).Errors.ShouldContain("undefined symbol: no_such_function");
    }

    [Fact]
    public void Where_the_device_is_of_the_pcs_own_target_what_runs_here_is_compiled_by_cc()
    {
        var tools = Directory.CreateDirectory(Path.Combine(bench.Folder, "own")).FullName;
        File.WriteAllText(Path.Combine(tools, "cc"), "#!/bin/sh\necho this PC\n");
        Run.Process("chmod", ["+x", Path.Combine(tools, "cc")]).ShouldExitWith(0);
        var path = ("PATH", (string?)$"{tools}:{CBench.LabFolder("clang", "bin")}:{ToolPath.WithoutCompiler}");
        const string Own = "x86_64-unknown-linux-gnu";
        Door(BuildTools.Cc, "clang", Own, ["--version"], null, path, ("OUT_DIR", "/x/target/debug/build/a-1/out")).ShouldExitWith(0).Output.ShouldBe("this PC\n");
        Door(BuildTools.Cc, "clang", Own, ["--version"], null, path, ("OUT_DIR", $"/x/target/{Own}/debug/build/a-1/out")).ShouldExitWith(0).Output.ShouldContain("clang");
    }

    [Fact]
    public void The_archiver_does_what_build_scripts_ask_of_it_without_any_other()
    {
        var folder = Directory.CreateDirectory(Path.Combine(bench.Folder, "archives")).FullName;
        foreach (var name in new[] { "one", "two", "three" })
        {
            Door(BuildTools.Cc, "clang", Target, ["-c", Source(name + ".c", $"int {name}(void) {{ return 1; }}\n"), "-o", Path.Combine(folder, name + ".o")]).ShouldExitWith(0);
        }

        Archive("cq", "a.a", "one.o").ShouldExitWith(0);
        Archive("rcs", "a.a", "two.o", "one.o").ShouldExitWith(0);
        Archive("t", "a.a").ShouldExitWith(0).Output.ShouldBe("one.o\ntwo.o\n");
        File.WriteAllText(Path.Combine(folder, "list"), "three.o\n");
        Archive("-qc", "a.a", "@list").ShouldExitWith(0);
        Archive("d", "a.a", "two.o").ShouldExitWith(0);
        Archive("s", "a.a").ShouldExitWith(0);
        Door(BuildTools.Ranlib, "", Target, [Path.Combine(folder, "a.a")]).ShouldExitWith(0);
        Run.Process("readelf", ["-c", Path.Combine(folder, "a.a")]).ShouldExitWith(0).Output.ShouldContain("three");
        File.Delete(Path.Combine(folder, "three.o"));
        Archive("x", "a.a", "three.o").ShouldExitWith(0);
        File.Exists(Path.Combine(folder, "three.o")).ShouldBeTrue();

        Archive("rcs", "a.a", "no.o").ShouldExitWith(1).Errors.ShouldBe("error: there is no file 'no.o' to put into the archive\n");
        Archive("rcs", "list", "one.o").ShouldExitWith(1).Errors.ShouldStartWith("error: 'list' cannot be read as an archive\ncause: not an archive");
        Archive("t", "a.a").ShouldExitWith(0).Output.ShouldBe("one.o\nthree.o\n");
        Archive("-M").ShouldExitWith(4).Errors.ShouldStartWith("error: ferry-ar does not know 'ar -M', and there is no other archiver on the PATH\n");

        RunResult Archive(params string[] words) => Door(BuildTools.Archiver, "", Target, words, folder: folder);
    }

    private string Source(string name, string text)
    {
        var file = Path.Combine(bench.Folder, name);
        File.WriteAllText(file, text);
        return file;
    }

    private RunResult Door(string door, string tools, string target, string[] words, string? input = null, (string, string?)? more = null, (string, string?)? evenMore = null, string? folder = null)
    {
        var device = CDevice.Of(target);
        var environment = bench.Environment(device, tools);
        foreach (var (name, value) in new[] { more, evenMore }.OfType<(string, string?)>())
        {
            environment[name] = value;
        }

        return Run.Process(BuildTools.PathOf(bench.Link(device, tools).Root, door), words, folder ?? bench.Folder, environment, input is null ? null : System.Text.Encoding.UTF8.GetBytes(input));
    }
}
