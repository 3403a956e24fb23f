using Ferry.Elf.Stubs;

namespace Ferry.Elf.Tests.Stubs;

/// <summary>Today's libraries taken back to an older glibc, against the libraries of that glibc.</summary>
public class GlibcCeilingTests
{
    private static readonly string[] OfGlibc = ["libc.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libutil.so.1", "libanl.so.1", "libresolv.so.2", "libm.so.6"];

    // No link takes them today: RPC is gone, malloc's hooks, sysctl and the tables of signal names are for old programs alone.
    private static readonly string[] GoneForLinks = ["xdr", "clnt", "svc", "auth", "key_", "pmap", "netname", "rpc", "_hook", "siglist", "errlist", "nerr"];

    [Theory]
    [InlineData("arm64")]
    [InlineData("armhf")]
    [InlineData("amd64")]
    public void Glibc_2_36_taken_back_to_2_31_is_what_2_31_was(string system)
    {
        var old = Read("old-glibc/" + system).ToDictionary(library => library.SoName!);
        var lowered = GlibcCeiling.Apply(Read("systems/" + system), new(2, 31)).Libraries.ToDictionary(library => library.SoName!);
        foreach (var name in OfGlibc)
        {
            var then = Defaults(old[name]);
            var now = Defaults(lowered[name]);
            now.Where(symbol => !then.Contains(symbol)).ShouldBeEmpty($"{name} never had them");
            var lacking = then.Where(symbol => !now.Contains(symbol)).ToList();
            if (name is "libc.so.6")
            {
                lacking.Count.ShouldBeLessThan(185);
                lacking.Count(symbol => GoneForLinks.Any(part => symbol.Contains(part))).ShouldBeGreaterThan(120);
            }
            else
            {
                // What libc.so.6 had as well is taken from there.
                lacking.Where(symbol => !Defaults(old["libc.so.6"]).Contains(symbol)).ShouldBeEmpty($"{name} had them");
            }
        }
    }

    [Theory]
    [InlineData("arm64")]
    [InlineData("armhf")]
    [InlineData("amd64")]
    public void The_table_of_moved_symbols_is_what_the_two_glibcs_say(string system)
    {
        var old = Read("old-glibc/" + system).ToDictionary(library => library.SoName!);
        var now = Read("systems/" + system).ToDictionary(library => library.SoName!);
        var libc = now["libc.so.6"].Symbols.Select(symbol => (symbol.Name, symbol.Version)).ToHashSet();
        var oldLibc = old["libc.so.6"].Symbols.Where(symbol => symbol.IsDefault).Select(symbol => symbol.Name).ToHashSet();
        foreach (var name in OfGlibc.Skip(1))
        {
            var today = now[name].Symbols.Select(symbol => symbol.Name).ToHashSet();
            foreach (var symbol in old[name].Symbols.Where(symbol => symbol.IsDefault && GlibcVersion.Number(symbol.Version!) is not null && !today.Contains(symbol.Name)))
            {
                libc.ShouldContain((symbol.Name, symbol.Version));
                MovedSymbols.OldLibraryOf(symbol.Name).ShouldBe(oldLibc.Contains(symbol.Name) && symbol.Name != "__send" ? null : name, symbol.Name);
            }
        }
    }

    [Theory]
    [InlineData("systems/arm64", "2.17")]
    [InlineData("systems/armhf", "2.17")]
    [InlineData("systems/amd64", "2.17")]
    [InlineData("systems/arm64", "2.33")]
    [InlineData("systems/amd64", "2.35")]
    [InlineData("old-glibc/armhf", "2.28")]
    public void Nothing_above_the_ceiling_stays_and_each_name_has_one_default(string system, string ceiling)
    {
        var limit = Version.Parse(ceiling);
        var before = Read(system).ToList();
        var result = GlibcCeiling.Apply(before, limit);
        var names = result.Libraries.SelectMany(library => library.Symbols).Select(symbol => symbol.Name).ToHashSet();
        foreach (var library in result.Libraries)
        {
            library.Versions.Where(GlibcVersion.IsOfFamily).ShouldAllBe(version => GlibcVersion.Number(version) <= limit, library.SoName);
            library.Symbols.ShouldAllBe(symbol => symbol.Version == null || library.Versions.Contains(symbol.Version), library.SoName);
            library.Symbols.Where(symbol => symbol.IsDefault).GroupBy(symbol => symbol.Name).ShouldAllBe(same => same.Count() == 1, library.SoName);
            ElfFile.Read(library.ToBytes()).DynamicSymbols.Count.ShouldBe(library.Symbols.Count + 1);
        }

        result.Above.ShouldNotBeEmpty();
        result.Above.ShouldAllBe(symbol => GlibcVersion.Number(symbol.Version) > limit);
        result.Above.Select(symbol => symbol.Symbol).ShouldBe(result.Above.Select(symbol => symbol.Symbol).Distinct().Order(StringComparer.Ordinal));
        result.Above.ShouldAllBe(symbol => !Defaults(result.Libraries).Contains(symbol.Symbol));
        // Others keep their versions.
        var gcc = before.Single(library => library.SoName == "libgcc_s.so.1");
        result.Libraries.Single(library => library.SoName == "libgcc_s.so.1").ToBytes().ShouldBe(gcc.ToBytes());
    }

    [Theory]
    [InlineData("pthread_create", "libpthread.so.0", "GLIBC_2.17", "libc.so.6", "GLIBC_2.34")]
    [InlineData("dlopen", "libdl.so.2", "GLIBC_2.17", "libc.so.6", "GLIBC_2.34")]
    [InlineData("shm_unlink", "librt.so.1", "GLIBC_2.17", "libc.so.6", "GLIBC_2.34")]
    [InlineData("__libc_start_main", "libc.so.6", "GLIBC_2.17", "libc.so.6", "GLIBC_2.34")]
    [InlineData("pthread_sigmask", "libpthread.so.0", "GLIBC_2.17", "libc.so.6", "GLIBC_2.32")]
    [InlineData("stat", null, null, "libc.so.6", "GLIBC_2.33")]
    [InlineData("__xstat", "libc.so.6", "GLIBC_2.17", "libc.so.6", "GLIBC_2.17")]
    [InlineData("getrandom", "libc.so.6", "GLIBC_2.25", "libc.so.6", "GLIBC_2.25")]
    [InlineData("pow", "libm.so.6", "GLIBC_2.17", "libm.so.6", "GLIBC_2.29")]
    public void A_symbol_is_where_it_was(string symbol, string? before, string? versionBefore, string after, string versionAfter)
    {
        var libraries = Read("systems/arm64").ToList();
        Find(GlibcCeiling.Apply(libraries, new(2, 28)), symbol).ShouldBe((before, versionBefore));
        Find(GlibcCeiling.Apply(libraries, new(2, 34)), symbol).ShouldBe((after, versionAfter));
    }

    [Fact]
    public void Functions_with_64_bits_of_time_came_to_32_bit_arm_with_2_34()
    {
        var above = GlibcCeiling.Apply(Read("systems/armhf"), new(2, 33)).Above.ToDictionary();
        above["__clock_gettime64"].ShouldBe("GLIBC_2.34");
        above["__stat64_time64"].ShouldBe("GLIBC_2.34");
    }

    private static (string? Library, string? Version) Find(GlibcCeiling result, string name) =>
        result.Libraries.SelectMany(library => library.Symbols.Where(symbol => symbol.Name == name && symbol.IsDefault).Select(symbol => (library.SoName, symbol.Version))).SingleOrDefault();

    private static HashSet<string> Defaults(StubLibrary library) =>
        [.. library.Symbols.Where(symbol => symbol is { IsDefault: true, Version: { } version } && GlibcVersion.Number(version) is not null).Select(symbol => symbol.ToString())];

    private static HashSet<string> Defaults(IEnumerable<StubLibrary> libraries) =>
        [.. libraries.SelectMany(library => library.Symbols).Where(symbol => symbol.IsDefault).Select(symbol => symbol.Name)];

    private static IEnumerable<StubLibrary> Read(string system) =>
        Systems.ElfFilesOf(system)
            .Where(path => Path.GetFileName(path).Contains(".so", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("lib", StringComparison.Ordinal))
            .Select(path => ElfFile.Read(File.ReadAllBytes(path)))
            .Where(file => file.Type == ElfType.SharedObject && file.Dynamic?.SoName is { } name && (OfGlibc.Contains(name) || name is "libgcc_s.so.1" || name.StartsWith("ld-linux", StringComparison.Ordinal)))
            .Select(StubLibrary.Of)
            .DistinctBy(library => library.SoName);
}
