using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Compilers;

/// <summary>C code in programs that ferry itself builds and runs on boards, whose sysroots have got the C library's headers.</summary>
[Collection("boards")]
public sealed class BoardTests(CBench bench, Pi4 pi4, Pi2 pi2) : IClassFixture<CBench>, IClassFixture<Pi4>, IClassFixture<Pi2>
{
    [Fact]
    public void A_Pi_4_with_clang_and_what_verbose_says()
    {
        Prepare(pi4, "arm64", "clang");
        var project = bench.Project("c-code");
        foreach (var found in Directory.GetFiles(Path.Combine(pi4.Ferry.Home, "ferry"), "c-compiler.txt", SearchOption.AllDirectories))
        {
            File.Delete(found); // by a test before this one
        }

        var first = pi4.Ferry.RunIn(project, "build", "-v").ShouldExitWith(0);
        first.Errors.ShouldContain("  C compiler not looked for yet (when there is C code: clang, zig, aarch64-linux-gnu-gcc)\n");
        var run = pi4.Ferry.RunIn(project, "run", "-v").ShouldExitWith(0);
        run.Output.ShouldContain("format C 4096 8 2.50\n");
        run.Output.ShouldContain("caught true\n");
        run.Errors.ShouldContain($"  C compiler {CBench.LabFolder("clang", "bin", "clang")} (the first that is here, headers: the device's)\n");
    }

    [Fact]
    public void A_Pi_2_with_gcc()
    {
        Prepare(pi2, "armhf", "gcc");
        var run = pi2.Ferry.RunIn(bench.Project("c-code"), "run", "-q", "--features", "cxx").ShouldExitWith(0);
        run.Output.ShouldContain("format C 4096 4 2.50\n");
        run.Output.ShouldContain("caught true\nlongest 5 -1\n");
    }

    [Fact]
    public void Ripgrep_with_PCRE2_on_a_Pi_4()
    {
        Prepare(pi4, "arm64", "clang");
        var project = Ripgrep();
        pi4.Ferry.Environment["PCRE2_SYS_STATIC"] = "1";
        pi4.Ferry.RunIn(project, "build", "-q", "--features", "pcre2").ShouldExitWith(0);
        var found = pi4.Ferry.RunIn(project, [.. "one two\nfoo bar\nbar foo\n"u8], "run", "-q", "--features", "pcre2", "--", "-P", "(?<=foo )bar", "-").ShouldExitWith(0);
        found.Output.ShouldBe("foo bar\n");
        pi4.Ferry.RunIn(project, "run", "-q", "--features", "pcre2", "--", "--pcre2-version").ShouldExitWith(0).Output.ShouldEndWith("is available\nJIT is available\n");
    }

    [Fact]
    public void Zlib_from_source_by_cmake_on_a_Pi_4()
    {
        Prepare(pi4, "arm64", "clang");
        pi4.Ferry.Environment["PATH"] += ":" + CBench.ToolFolder("tools");
        var source = Path.Combine(bench.Folder, "zlib for a Pi 4"); // cmake renames a file of it
        BoardSession.Copy(CBench.LabFolder("zlib"), source);
        pi4.Ferry.Environment["ZLIB_SOURCE"] = source;
        pi4.Ferry.RunIn(bench.Project("zlib"), "run", "-q").ShouldExitWith(0).Output.ShouldBe("zlib 1.2.13 same true smaller true\n");
    }

    [Fact]
    public void Plain_cargo_that_has_Ferrys_variables_is_helped_as_well()
    {
        var device = CDevice.Of("aarch64-unknown-linux-gnu") with { HasHeaders = false };
        bench.Cargo(bench.Project("c-code"), device, "clang", ["check"]).ShouldExitWith(101).Errors.ShouldContain("help:  ferry sysroot add pi libc6-dev");
    }

    /// <summary>The board's sysroot gets Debian's headers, and Ferry's PATH a compiler.</summary>
    private void Prepare(BoardSession board, string architecture, string compiler)
    {
        foreach (var sysroot in Directory.GetDirectories(Path.Combine(board.Ferry.Home, "ferry", "cache", "sysroots")))
        {
            var include = Path.Combine(sysroot, "usr", "include");
            if (!Directory.Exists(include))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(include)!);
                Directory.CreateSymbolicLink(include, CBench.LabFolder("dev", architecture, "usr", "include"));
            }
        }

        board.Ferry.Environment["PATH"] = $"{CBench.LabFolder(compiler, "bin")}:{ToolPath.WithoutCompiler}";
        board.Ferry.Environment["CARGO_HOME"] = Path.Combine(bench.Folder, "cargo");
        board.Ferry.Environment["CARGO_TARGET_DIR"] = Path.Combine(bench.Folder, "target of " + board.Board.Name);
    }

    /// <summary>Debian's source, with the feature that Debian's patches and tests/lab/programs take out.</summary>
    private string Ripgrep()
    {
        var folder = Path.Combine(bench.Folder, "ripgrep");
        BoardSession.Copy(Path.Combine(Repository.Cache, "programs", "ripgrep"), folder);
        var manifest = Path.Combine(folder, "Cargo.toml");
        var text = File.ReadAllText(manifest);
        text.ShouldContain("[features]\n");
        File.WriteAllText(manifest, text.Replace("[features]\n", "[features]\npcre2 = [\"grep/pcre2\"]\n"));
        return folder;
    }
}
