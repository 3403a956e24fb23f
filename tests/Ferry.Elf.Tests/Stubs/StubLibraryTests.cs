using Ferry.Elf.Stubs;
using Ferry.Lab;

namespace Ferry.Elf.Tests.Stubs;

/// <summary>Stub libraries: against the libraries that they stand for, against readelf, and against lld.</summary>
public class StubLibraryTests
{
    [Theory]
    [InlineData("systems/armhf")]
    [InlineData("systems/arm64")]
    [InlineData("systems/amd64")]
    [InlineData("foreign")]
    public void A_stub_offers_what_its_library_offers_and_wants_nothing(string system)
    {
        var libraries = 0;
        foreach (var path in Systems.ElfFilesOf(system))
        {
            var file = ElfFile.Read(File.ReadAllBytes(path));
            if (file.Type != ElfType.SharedObject || file.Dynamic?.SoName is null)
            {
                continue;
            }

            libraries++;
            var stub = ElfFile.Read(StubLibrary.Of(file).ToBytes());
            (stub.Class, stub.ByteOrder, stub.Machine, stub.Flags, stub.Type).ShouldBe((file.Class, file.ByteOrder, file.Machine, file.Flags, ElfType.SharedObject), path);
            stub.Dynamic!.SoName.ShouldBe(file.Dynamic.SoName, path);
            stub.Dynamic.Needed.ShouldBeEmpty(path);
            Names(stub.VersionDefinitions).ShouldBe(Names(file.VersionDefinitions), path);
            stub.VersionDefinitions.ShouldAllBe(version => version.Hash == StubTables.SysVHash(version.Name));
            Offered(stub).ShouldBe(Offered(file), path);
            StubLibrary.Of(stub).ToBytes().ShouldBe(StubLibrary.Of(file).ToBytes(), path);
        }

        libraries.ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("systems/armhf")]
    [InlineData("systems/arm64")]
    [InlineData("systems/amd64")]
    public void Readelf_reads_stubs_as_the_reader_does_and_has_nothing_to_complain_of(string system)
    {
        using var folder = new TemporaryFolder();
        foreach (var path in Systems.ElfFilesOf(system).Where(path => Path.GetFileName(path).StartsWith("lib", StringComparison.Ordinal)))
        {
            if (ElfFile.Read(File.ReadAllBytes(path)) is { Type: ElfType.SharedObject } file)
            {
                File.WriteAllBytes(folder[Path.GetFileName(path)], StubLibrary.Of(file).ToBytes());
            }
        }

        var stubs = Directory.GetFiles(folder.Path);
        stubs.Length.ShouldBeGreaterThan(20);
        foreach (var (path, lines) in Readelf.Describe(stubs))
        {
            var expected = ReadelfFacts.Of(lines).Order(StringComparer.Ordinal);
            ElfFacts.Of(ElfFile.Read(File.ReadAllBytes(path))).Order(StringComparer.Ordinal).ShouldBe(expected, path);
            Readelf.Complaints(path).ShouldBeEmpty(path);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Any_library_comes_back_as_it_was_written(int seed)
    {
        var library = RandomLibrary(new Random(seed));
        var bytes = library.ToBytes();
        var read = StubLibrary.Of(ElfFile.Read(bytes));
        Described(read).ShouldBe(Described(library), $"seed {seed}");
        read.Versions.ShouldBe(library.Versions, $"seed {seed}");
        (library with { Symbols = [.. library.Symbols.Reverse()] }).ToBytes().ShouldBe(bytes, $"seed {seed}: the order of the symbols is of no account");
        // Two names of one object stay so, and two objects stay two.
        foreach (var (left, right) in read.Symbols.Zip(library.Symbols.OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Version, StringComparer.Ordinal)))
        {
            left.Alignment.ShouldBeGreaterThanOrEqualTo(left.IsFunction || left.IsThreadLocal ? 1 : right.Alignment, $"seed {seed}: {right}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Names_of_one_object_have_one_address_and_objects_do_not_overlap(int seed)
    {
        var library = RandomLibrary(new Random(seed));
        var objects = ElfFile.Read(library.ToBytes()).DynamicSymbols.Where(s => s.IsDefined && s.Type == ElfSymbolType.Object).ToList();
        var places = library.Symbols.Where(s => s.Type == ElfSymbolType.Object).ToDictionary(s => s.ToString(), s => s.Place);
        foreach (var same in objects.GroupBy(s => s.Value))
        {
            same.Select(s => places[s.ToString()]).Distinct().ShouldHaveSingleItem($"seed {seed}");
        }

        var ends = objects.GroupBy(s => s.Value).OrderBy(g => g.Key).Select(g => (Start: g.Key, End: g.Key + g.Max(s => s.Size))).ToList();
        ends.Zip(ends.Skip(1)).ShouldAllBe(pair => pair.First.End <= pair.Second.Start, $"seed {seed}");
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-gnu", "arm64", "aarch64linux")]
    [InlineData("armv7-unknown-linux-gnueabihf", "armhf", "armelf_linux_eabi")]
    [InlineData("x86_64-unknown-linux-gnu", "amd64", "elf_x86_64")]
    public void Lld_links_against_a_stub_as_against_the_library(string target, string system, string emulation)
    {
        using var folder = new TemporaryFolder();
        var libc = Systems.ElfFilesOf("systems/" + system).First(path => path.EndsWith("/libc.so.6", StringComparison.Ordinal));
        File.Copy(libc, folder["real.so"]);
        File.WriteAllBytes(folder["stub.so"], StubLibrary.Of(ElfFile.Read(File.ReadAllBytes(libc))).ToBytes());
        var wanting = RustProgram.Object(target, """
            #![no_std]
            #[panic_handler] fn panic(_: &core::panic::PanicInfo) -> ! { loop {} }
            extern "C" { fn puts(text: *const u8) -> i32; fn pthread_create() -> i32; static environ: *const u8; static stdout: *const u8; }
            #[no_mangle] pub unsafe extern "C" fn wants() -> usize { puts(environ) as usize + pthread_create() as usize + stdout as usize }
            """);
        var lld = RustProgram.Lld;
        string[] Linked(string library)
        {
            var output = folder[library + ".out"];
            Run.Process(lld, ["-flavor", "gnu", "-m", emulation, "-shared", "-o", output, wanting, folder[library]]).ShouldExitWith(0);
            return [.. ElfFile.Read(File.ReadAllBytes(output)).DynamicSymbols.Where(symbol => !symbol.IsDefined && symbol.Name.Length > 0).Select(symbol => symbol.ToString()).Order(StringComparer.Ordinal)];
        }

        var real = Linked("real.so");
        real.ShouldContain("pthread_create@GLIBC_2.34");
        Linked("stub.so").ShouldBe(real);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    private static IEnumerable<string> Names(IEnumerable<ElfVersionDefinition> definitions) => definitions.Where(version => !version.IsBase).Select(version => version.Name).Distinct();

    // Old linkers made a symbol of each version.
    private static string[] Offered(ElfFile file)
    {
        var versions = file.VersionDefinitions.Select(version => version.Name).ToHashSet();
        return [.. file.DynamicSymbols
            .Where(s => s.IsDefined && s.Binding != ElfSymbolBinding.Local && s.Visibility is ElfSymbolVisibility.Default or ElfSymbolVisibility.Protected
                && s.Name.Length > 0 && s.Type is not (ElfSymbolType.Section or ElfSymbolType.File) && !versions.Contains(s.Name))
            .Select(s => $"{s} {(s.Type == ElfSymbolType.GnuIndirectFunction ? ElfSymbolType.Function : s.Type)} {s.Binding} {s.Visibility} {s.Size}").Order(StringComparer.Ordinal)];
    }

    private static string[] Described(StubLibrary library) =>
        [library.SoName ?? "", .. library.Symbols.Select(s => $"{s} {s.Type} {s.Binding} {s.Size}").Order(StringComparer.Ordinal)];

    private static StubLibrary RandomLibrary(Random random)
    {
        string[] versions = random.Next(4) == 0 ? [] : [.. Enumerable.Range(1, random.Next(1, 6)).Select(n => "V_" + n)];
        ElfSymbolType[] types = [ElfSymbolType.None, ElfSymbolType.Object, ElfSymbolType.Function, ElfSymbolType.ThreadLocal];
        var symbols = Enumerable.Range(0, random.Next(0, 60)).Select(n => new StubSymbol(
            $"s{n}_{random.Next(100)}",
            versions.Length == 0 ? null : versions[random.Next(versions.Length)],
            versions.Length == 0 || random.Next(3) > 0,
            types[random.Next(types.Length)],
            random.Next(2) == 0 ? ElfSymbolBinding.Global : ElfSymbolBinding.Weak,
            ElfSymbolVisibility.Default,
            (ulong)random.Next(0, 200),
            1ul << random.Next(0, 7),
            (ulong)random.Next(0, 20) << 8));
        return new StubLibrary
        {
            SoName = random.Next(5) == 0 ? null : "librandom.so." + random.Next(9),
            Class = random.Next(2) == 0 ? ElfClass.Elf32 : ElfClass.Elf64,
            ByteOrder = random.Next(4) == 0 ? ElfByteOrder.BigEndian : ElfByteOrder.LittleEndian,
            Machine = ElfMachine.Arm,
            Flags = (uint)random.Next(),
            Versions = versions,
            Symbols = [.. symbols],
        };
    }
}
