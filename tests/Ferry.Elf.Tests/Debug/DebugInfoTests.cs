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

    [Theory]
    [InlineData("aarch64-unknown-linux-musl")]
    [InlineData("armv7-unknown-linux-musleabihf")]
    public void A_function_has_the_places_of_its_own_lines_and_those_where_others_were_inlined(string target)
    {
        var file = ElfFile.Read(File.ReadAllBytes(RustProgram.Agent(target, "-Copt-level=1")));
        var debug = DebugInfo.Of(file).ShouldNotBeNull();
        var functions = file.Symbols.Where(symbol => symbol.IsDefined && symbol.Type == ElfSymbolType.Function && symbol.Size > 200 && symbol.Name.Contains("agent", StringComparison.Ordinal)).Take(6).ToList();

        functions.Count.ShouldBe(6);
        foreach (var function in functions)
        {
            var start = function.Value & ~1ul;
            var places = debug.PlacesOf(start, function.Size).ToList();
            places.ShouldNotBeEmpty(function.Name);
            places.ShouldAllBe(place => !place.IsInlined);
            places.ShouldContain(debug.FramesAt(start)[^1]);
            // Nothing of the next function.
            places.Select(place => place.Function).Distinct().Count().ShouldBe(1, function.Name);
        }
    }

    // What optimization splits off gets a name of its own in the symbol table, which LLVM's takes for the outermost.
    private static string Describe(IEnumerable<SourceFrame> frames) =>
        string.Join('\n', frames.Select(frame => $"{frame.Function?.Split(".llvm.")[0]} at {frame.File}:{frame.Line}:{frame.Column}{(frame.IsInlined ? " (inlined)" : "")}"));
}
