using Ferry.Elf.Debug;

namespace Ferry.Elf.Tests.Debug;

public sealed class DebugInfoTests
{
    private const int Seed = 20261121;
    private const int Asked = 5000;

    [Theory]
    [InlineData("aarch64-unknown-linux-musl")]
    [InlineData("armv7-unknown-linux-musleabihf", "-Copt-level=1", "-Clink-arg=--compress-debug-sections=zlib")]
    [InlineData("x86_64-unknown-linux-musl", "-Copt-level=1", "-Zdwarf-version=5")]
    public void Functions_files_lines_and_inlined_calls_are_those_that_llvm_sees(string target, params string[] options)
    {
        var path = RustProgram.Agent(target, options);
        var file = ElfFile.Read(File.ReadAllBytes(path));
        var debug = DebugInfo.Of(file).ShouldNotBeNull();
        var random = new Random(Seed);
        var code = file.Sections.Single(section => section.Name == ".text");
        ulong[] addresses = [.. Enumerable.Range(0, Asked).Select(_ => code.Address + (ulong)random.NextInt64((long)code.Size))];

        var theirs = Symbolizer.Ask(path, addresses);

        theirs.Count.ShouldBe(Asked);
        var known = 0;
        for (var i = 0; i < Asked; i++)
        {
            // Where no debug info says anything, it names the symbol, and the object's file without a line.
            if (theirs[i] is [{ Line: 0 }])
            {
                continue;
            }

            known++;
            Describe(debug.FramesAt(addresses[i])).ShouldBe(Describe(theirs[i]), $"seed {Seed}, 0x{addresses[i]:x} of {path}");
        }

        known.ShouldBeGreaterThan(Asked / 8);
    }

    // What optimization splits off gets a name of its own in the symbol table, which LLVM's takes for the outermost.
    private static string Describe(IEnumerable<SourceFrame> frames) =>
        string.Join('\n', frames.Select(frame => $"{frame.Function?.Split(".llvm.")[0]} at {frame.File}:{frame.Line}:{frame.Column}{(frame.IsInlined ? " (inlined)" : "")}"));
}
