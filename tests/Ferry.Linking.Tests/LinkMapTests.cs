using Ferry.Lab;

namespace Ferry.Linking.Tests;

public sealed class LinkMapTests
{
    private static readonly LinkMap Map = LinkMap.Parse(File.ReadAllText(Repository.PathOf("tests", "Ferry.Linking.Tests", "lld", "arm.map")));

    [Fact]
    public void Sections_of_objects_and_of_members_of_archives_are_read()
    {
        Map.At(0x200e4).ShouldBe(new LinkMapEntry(0x200e4, 0x10, new("start.o", null), ".text._start"));
        Map.At(0x2011c).ShouldBe(new LinkMapEntry(0x20118, 0x34, new("libfoo-0123456789abcdef.rlib", "a.o"), ".text.mine"));
        Map.At(0x2014c)!.From.ShouldBe(new("build/openssl-sys-0123456789abcdef/out/libcrypto.a", "b.o"));
        Map.At(0).ShouldBeNull();
        Map.At(0x300000).ShouldBeNull();
    }

    [Fact]
    public void What_is_not_in_memory_and_what_is_no_line_of_a_map_is_left_out()
    {
        Map.Entries.ShouldAllBe(entry => entry.Address != 0 && entry.Size != 0);
        LinkMap.Parse("").Entries.ShouldBeEmpty();
        LinkMap.Parse("no map\n   1 2 3\n 1 1 1 1         x.o:(.t\n 1 1 1 1         x.o\n").Entries.ShouldBeEmpty();
        LinkMap.Parse("   1    1    1     1 .text\n   1    1    1     1         a (b)/x y.o:(.text)\n").Entries.ShouldHaveSingleItem().From.ShouldBe(new("a (b)/x y.o", null));
    }

    [Fact]
    public void Debug_information_whose_addresses_count_from_0_does_not_hide_code()
    {
        const string Text = """
              200e4    200e4       78     4 .text
              200e4    200e4       78     4         a.o:(.text)
              200e4    200e4       10     1                 main
                  0        0   300000     1 .debug_info
                  0        0    20000     1         a.o:(.debug_info)
              20000    20000    80000     1         b.o:(.debug_info)
            """;
        var map = LinkMap.Parse(Text);
        map.Entries.ShouldHaveSingleItem().Section.ShouldBe(".text");
        map.At(0x200e8)!.From.Path.ShouldBe("a.o");
    }

    [Theory]
    [InlineData("/t/debug/build/openssl-sys-0123456789abcdef/out/lib/libcrypto.a", "x.o", "openssl-sys")]
    [InlineData(@"C:\t\debug\build\openssl-sys-0123456789abcdef\out\libcrypto.a", "x.o", "openssl-sys")]
    [InlineData("/t/debug/deps/libzlib_sys-0123456789abcdef.rlib", "crc32.o", "zlib_sys")]
    [InlineData("/t/debug/deps/app-0123456789abcdef.app.8000000000000000-cgu.0.rcgu.o", null, "app")]
    [InlineData("app.app.8000000000000000-cgu.0.rcgu.o", null, "app")]
    [InlineData("/usr/lib/libz.a", "crc32.o", null)]
    [InlineData("/home/build/me/out/libz.a", "crc32.o", null)]
    [InlineData("lto.tmp", null, null)]
    public void The_crate_is_told_by_the_place(string path, string? member, string? crate) => CrateName.Of(new(path, member)).ShouldBe(crate);

    [Theory]
    [InlineData("_ZN3std2io5stdio6_print17h0123456789abcdefE", "std::io::stdio::_print")]
    [InlineData("_ZN4core3ptr42drop_in_place$LT$std..io..error..Error$GT$17hf5e1a2737218b218E", "core::ptr::drop_in_place<std::io::error::Error>")]
    [InlineData("_ZN9libunwind13Registers_arm9saveVFPv3EPv", "_ZN9libunwind13Registers_arm9saveVFPv3EPv")]
    [InlineData("deflate", "deflate")]
    [InlineData("_ZN99999999999999999999x", "_ZN99999999999999999999x")]
    public void Names_of_Rust_are_readable(string symbol, string readable) => RustSymbol.Readable(symbol).ShouldBe(readable);
}
