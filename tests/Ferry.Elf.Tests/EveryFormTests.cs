namespace Ferry.Elf.Tests;

/// <summary>Both widths and byte orders, with numbers whose bytes all differ.</summary>
public class EveryFormTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void I_can_read_either_width_and_byte_order(bool wide, bool big)
    {
        var file = new TinyElf(wide, big, ElfType.Relocatable, ElfMachine.Ppc64);
        var strings = file.AddSection(".strtab", ElfSectionType.StringTable, "\0answer\0other\0"u8.ToArray());
        byte[] value = file.Number(0x1020304, wide ? 8 : 4), size = file.Number(0x5060708, wide ? 8 : 4), section = file.Number(1, 2);
        byte[] nothing = new byte[wide ? 24 : 16], name = file.Number(1, 4);
        // st_info: global function; st_other: hidden
        byte[] symbol = wide ? [.. name, 0x12, 2, .. section, .. value, .. size] : [.. name, .. value, .. size, 0x12, 2, .. section];
        file.AddSection(".symtab", ElfSectionType.SymbolTable, [.. nothing, .. symbol], strings, info: 1);

        var read = ElfFile.Read(file.ToArray());

        read.Class.ShouldBe(wide ? ElfClass.Elf64 : ElfClass.Elf32);
        read.ByteOrder.ShouldBe(big ? ElfByteOrder.BigEndian : ElfByteOrder.LittleEndian);
        read.Type.ShouldBe(ElfType.Relocatable);
        read.Machine.ShouldBe(ElfMachine.Ppc64);
        read.Flags.ShouldBe(0x1234u);
        read.Sections.Select(s => s.Name).ShouldBe(["", ".strtab", ".symtab", ""]);
        read.Symbols[1].ShouldBe(new ElfSymbol("answer", 0x1020304, 0x5060708, ElfSymbolType.Function, ElfSymbolBinding.Global, ElfSymbolVisibility.Hidden, 1));
        read.Dynamic.ShouldBeNull();
        read.VersionNeeds.ShouldBeEmpty();
    }

    [Fact]
    public void A_symbol_in_a_section_beyond_65280_has_the_index_of_the_extended_table()
    {
        var file = new TinyElf(wide: true, big: false, ElfType.Relocatable);
        var strings = file.AddSection(".strtab", ElfSectionType.StringTable, [0]);
        var symbols = file.AddSection(".symtab", ElfSectionType.SymbolTable, [0, 0, 0, 0, 0, 0, 0xff, 0xff, .. new byte[16]], strings);
        file.AddSection(".symtab_shndx", ElfSectionType.SymbolSectionIndices, [0x78, 0x56, 0x34, 0x12], symbols);
        ElfFile.Read(file.ToArray()).Symbols[0].SectionIndex.ShouldBe(0x12345678u);
    }

    [Theory]
    [InlineData("usr/arm-linux-gnueabi/lib/libc.so.6", ArmFloatAbi.Soft)]
    [InlineData("usr/mips-linux-gnu/lib/libc.so.6", ArmFloatAbi.Unknown)]
    public void The_float_ABI_is_known(string name, ArmFloatAbi expected)
    {
        var path = Path.Combine(Lab.Repository.Cache, "foreign", name);
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        ElfFile.Read(File.ReadAllBytes(path)).ArmFloatAbi.ShouldBe(expected);
    }

    [Fact]
    public void Programs_of_32_bit_ARM_say_their_float_ABI_in_their_flags_or_attributes()
    {
        var program = File.ReadAllBytes(RustProgram.SharedObject("armv7-unknown-linux-gnueabihf"));
        ElfFile.Read(program).ArmFloatAbi.ShouldBe(ArmFloatAbi.Hard);
        program.AsSpan(36, 4).Clear(); // e_flags
        var read = ElfFile.Read(program);
        read.ArmFloatAbi.ShouldBe(ArmFloatAbi.Hard);
        read.ArmAttributes!.AbiVfpArgs.ShouldBe(1ul);
        read.ArmAttributes.CpuArch.ShouldBe(10ul);
    }

    [Fact]
    public void A_check_can_name_the_symbol_that_wants_a_version()
    {
        var files = Systems.ElfFilesOf("systems/arm64").Select(path => ElfFile.Read(File.ReadAllBytes(path))).Where(file => file.VersionNeeds.Count != 0).ToList();
        var wanted = files.SelectMany(file => file.VersionNeeds).Where(need => need.File == "libc.so.6").SelectMany(need => need.Versions).ToList();
        wanted.ShouldContain(version => version.Name == "GLIBC_2.34" && version.Symbols.Any(symbol => symbol.ToString() == "__libc_start_main@GLIBC_2.34"));
        wanted.SelectMany(version => version.Symbols).ShouldAllBe(symbol => symbol.Version != null);
    }
}
