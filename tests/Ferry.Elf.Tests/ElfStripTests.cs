using Ferry.Lab;

namespace Ferry.Elf.Tests;

public class ElfStripTests
{
    private static readonly (string Target, string? Emulator)[] Targets =
    [
        ("aarch64-unknown-linux-musl", "qemu-aarch64"),
        ("armv7-unknown-linux-musleabihf", "qemu-arm"),
        ("arm-unknown-linux-musleabihf", "qemu-arm"),
        ("x86_64-unknown-linux-musl", null),
    ];

    private const string FrameWithLine = @"(?m)^ +at .*hello\.rs:\d";

    public static TheoryData<string, string?> AllTargets => [.. Targets.Select(target => new TheoryDataRow<string, string?>(target.Target, target.Emulator))];

    public static TheoryData<string, string> AllForms =>
    [
        .. from target in Targets
           from options in new[] { "", "-O", "-Crelocation-model=static", "-Clink-arg=--emit-relocs", "-Clink-arg=--compress-debug-sections=zlib", "-Clink-arg=--gdb-index" }
           select new TheoryDataRow<string, string>(target.Target, options),
    ];

    [Theory]
    [MemberData(nameof(AllTargets))]
    public void A_stripped_program_runs_as_before_and_its_backtraces_keep_the_names(string target, string? emulator)
    {
        var path = RustProgram.Program(target);
        var stripped = Strip(path, out var before, out var after);
        after.Length.ShouldBeLessThan(before.Length);

        Start(stripped, emulator).ShouldExitWith(7).Output.ShouldBe("the sum is 10\n");
        var panic = Start(stripped, emulator, "deep").ShouldExitWith(101);
        panic.Errors.ShouldContain("too deep: 10");
        panic.Errors.ShouldContain("deep_inside");
        panic.Errors.ShouldContain("::main");
        // Only debug information gives a frame its line "at FILE:LINE:COLUMN".
        panic.Errors.ShouldNotMatch(FrameWithLine);
        Start(path, emulator, "deep").Errors.ShouldMatch(FrameWithLine);
    }

    [Theory]
    [MemberData(nameof(AllTargets))]
    public void Gdb_knows_the_functions_of_a_stripped_program(string target, string? _)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/gdb-multiarch"), "no gdb-multiarch (package gdb-multiarch)");
        var stripped = Strip(RustProgram.Program(target), out var _, out var _);
        var run = Run.Process("gdb-multiarch", ["-batch", "-nx", "-iex", "set auto-load no", "-ex", "info functions deep_inside", stripped]).ShouldExitWith(0);
        run.Output.ShouldContain("Non-debugging symbols:");
        run.Output.ShouldContain("deep_inside");
        run.Errors.ShouldNotContain("warning");
    }

    [Theory]
    [MemberData(nameof(AllForms))]
    public void Stripping_keeps_all_but_debug_information(string target, string option)
    {
        string[] options = option.Length == 0 ? [] : [option];
        foreach (var path in new[] { RustProgram.Program(target, options), RustProgram.SharedObject(target.Replace("musl", "gnu"), [.. options.Where(o => !o.Contains("static"))]) })
        {
            Strip(path, out var before, out var after);
            after.Length.ShouldBeLessThan(before.Length, path);
            ShouldBeStripped(before, after);
            ElfStrip.WithoutDebugInfo(after).ShouldBe(after);
        }
    }

    [Theory]
    [InlineData("systems/armhf")]
    [InlineData("systems/arm64")]
    [InlineData("systems/amd64")]
    [InlineData("foreign")]
    public void A_file_without_debug_information_comes_back_as_it_is(string system)
    {
        foreach (var path in Systems.ElfFilesOf(system))
        {
            var bytes = File.ReadAllBytes(path);
            ElfStrip.WithoutDebugInfo(bytes).AsSpan().SequenceEqual(bytes).ShouldBeTrue(path);
        }
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Loaded_sections_keep_their_number_and_all_others_are_found_under_their_new_one(bool wide, bool big)
    {
        var file = new TinyElf(wide, big);
        file.AddSection(".debug_info", ElfSectionType.ProgramBits, new byte[100]);
        file.AddSection(".text", ElfSectionType.ProgramBits, [1, 2, 3, 4], flags: ElfSectionFlags.Alloc);
        file.AddSection(".debug_str", ElfSectionType.ProgramBits, new byte[1000]);
        file.AddSection(".comment", ElfSectionType.ProgramBits, "words\0"u8.ToArray());
        var strings = file.AddSection(".strtab", ElfSectionType.StringTable, "\0name\0"u8.ToArray());
        file.AddSection(".symtab", ElfSectionType.SymbolTable, [.. Symbol(0, 0), .. Symbol(1, 3), .. Symbol(2, 3), .. Symbol(3, 3), .. Symbol(4, 3), .. Symbol(0xfff1, 4), .. Symbol(2, 0x12)], strings, info: 6);

        var stripped = ElfFile.Read(ElfStrip.WithoutDebugInfo(file.ToArray()));

        stripped.Sections.Select(section => section.Name).ShouldBe(["", "", ".text", ".comment", ".strtab", ".symtab", ""]);
        stripped.Sections[1].Type.ShouldBe(ElfSectionType.Null);
        stripped.Sections[5].Link.ShouldBe(4u);
        stripped.ContentOf(stripped.Sections[2]).ToArray().ShouldBe([1, 2, 3, 4]);
        stripped.ContentOf(stripped.Sections[3]).ToArray().ShouldBe("words\0"u8.ToArray());
        stripped.Symbols.Select(symbol => symbol.SectionIndex).ShouldBe([0u, 0u, 2u, 0u, 3u, 0xfff1u, 2u]);
        stripped.Symbols.Select(symbol => symbol.Name).ShouldBe(["", "", "name", "", "name", "name", "name"]);

        byte[] Symbol(ulong section, byte info)
        {
            byte[] name = file.Number(info == 0 ? 0u : 1u, 4), index = file.Number(section, 2), zero = new byte[wide ? 16 : 8];
            return wide ? [.. name, info, 0, .. index, .. zero] : [.. name, .. zero, info, 0, .. index];
        }
    }

    [Fact]
    public void Data_behind_the_program_are_not_lost()
    {
        byte[] carrier = [.. File.ReadAllBytes(RustProgram.Program("aarch64-unknown-linux-musl")), .. new byte[100]];
        ElfStrip.WithoutDebugInfo(carrier).ShouldBe(carrier);
    }

    [Fact]
    public void What_is_no_ELF_file_is_refused()
    {
        Should.Throw<ElfFormatException>(() => ElfStrip.WithoutDebugInfo("#!/bin/sh\n"u8));
        Should.Throw<ElfFormatException>(() => ElfStrip.WithoutDebugInfo([]));
    }

    [Fact]
    public void A_damaged_file_with_debug_information_ends_in_the_readers_own_error_or_another_file()
    {
        const int Seed = 77;
        var original = File.ReadAllBytes(RustProgram.SharedObject("armv7-unknown-linux-gnueabihf"));
        var tables = original.Length - (ElfFile.Read(original).Sections.Count * 40);
        var refused = 0;
        for (var round = 0; round < 500; round++)
        {
            var random = new Random(Seed + round);
            var bytes = (byte[])original.Clone();
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                var at = random.Next(3) switch { 0 => random.Next(52 + 300), 1 => random.Next(original.Length), _ => random.Next(tables, original.Length) };
                bytes[at] = (byte)(random.Next(2) == 0 ? random.Next(256) : 255 * random.Next(2));
            }

            try
            {
                ElfStrip.WithoutDebugInfo(bytes).Length.ShouldBeLessThanOrEqualTo(bytes.Length);
            }
            catch (ElfFormatException)
            {
                refused++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"not the reader's own error: seed {Seed + round}", e);
            }
        }

        refused.ShouldBeInRange(10, 490);
    }

    private static void ShouldBeStripped(byte[] before, byte[] after)
    {
        var (old, now) = (ElfFile.Read(before), ElfFile.Read(after));
        now.Segments.ShouldBe(old.Segments);
        foreach (var segment in old.Segments)
        {
            WithoutHeaderFields(now.ContentOf(segment), segment, old.Class).ShouldBe(WithoutHeaderFields(old.ContentOf(segment), segment, old.Class));
        }

        var kept = old.Sections.Where(section => !IsDebug(section)).ToList();
        now.Sections.Select(section => section.Name).ShouldBe(kept.Select(section => section.Name));
        foreach (var (was, section) in kept.Zip(now.Sections))
        {
            Unplaced(section).ShouldBe(Unplaced(was));
            now.Sections[(int)section.Link].Name.ShouldBe(old.Sections[(int)was.Link].Name);
            if (IsRelocation(section))
            {
                now.Sections[(int)section.Info].Name.ShouldBe(old.Sections[(int)was.Info].Name);
            }

            if (section.Type != ElfSectionType.SymbolTable)
            {
                now.ContentOf(section).Span.SequenceEqual(old.ContentOf(was).Span).ShouldBeTrue(section.Name);
            }
        }

        Described(now).ShouldBe(Described(old));
    }

    private static ElfSection Unplaced(ElfSection section) =>
        section with { Index = 0, Link = 0, Info = IsRelocation(section) ? 0 : section.Info, Offset = section.IsLoaded ? section.Offset : 0 };

    private static bool IsRelocation(ElfSection section) => section.Type is ElfSectionType.Rel or ElfSectionType.Rela;

    // .debug_gdb_scripts is loaded, so that linkers keep it: it stays.
    private static bool IsDebug(ElfSection section) => !section.IsLoaded && (section.Name.Contains(".debug") || section.Name.Contains(".zdebug") || section.Name == ".gdb_index");

    // Symbols with their section's name in place of its number; those of debug sections have become empty entries.
    private static List<string> Described(ElfFile file) =>
    [
        .. from symbol in file.Symbols
           let section = symbol.SectionIndex is 0 or >= 0xff00 ? null : file.Sections[(int)symbol.SectionIndex]
           let known = section is null || !IsDebug(section) ? symbol : default
           select $"{known.Name} {known.Value} {known.Size} {known.Type} {known.Binding} {known.Visibility} {(known == default ? "" : section?.Name)}",
    ];

    private static byte[] WithoutHeaderFields(ReadOnlyMemory<byte> content, ElfSegment segment, ElfClass width)
    {
        var bytes = content.ToArray();
        if (segment.Offset == 0 && bytes.Length >= 64)
        {
            // e_shoff, e_shnum and e_shstrndx
            bytes.AsSpan(width == ElfClass.Elf64 ? 40 : 32, width == ElfClass.Elf64 ? 8 : 4).Clear();
            bytes.AsSpan(width == ElfClass.Elf64 ? 60 : 48, 4).Clear();
        }

        return bytes;
    }

    private static string Strip(string path, out byte[] before, out byte[] after)
    {
        before = File.ReadAllBytes(path);
        after = ElfStrip.WithoutDebugInfo(before);
        var stripped = path + ".stripped" + Guid.NewGuid().ToString("N");
        File.Copy(path, stripped); // with its mode
        File.WriteAllBytes(stripped, after);
        Readelf.Complaints(stripped).ShouldBeEmpty(path);
        return stripped;
    }

    private static RunResult Start(string path, string? emulator, params string[] arguments)
    {
        Assert.SkipUnless(emulator is null || File.Exists("/usr/bin/" + emulator), $"no {emulator} (package qemu-user)");
        KeyValuePair<string, string?>[] environment = [new("RUST_BACKTRACE", "1")];
        return emulator is null ? Run.Process(path, arguments, environment: environment) : Run.Process(emulator, [path, .. arguments], environment: environment);
    }
}
