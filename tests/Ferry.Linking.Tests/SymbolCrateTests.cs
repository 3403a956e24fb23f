namespace Ferry.Linking.Tests;

public sealed class SymbolCrateTests
{
    [Theory]
    [InlineData("_ZN3std2io5stdio6_print17h0123456789abcdefE", "std")]
    [InlineData("_ZN4main4main17h0123456789abcdefE", "main")]
    [InlineData("_ZN5regex4exec10ExecNoSync9find_at_m17h0123456789abcdefE.llvm.1234", "regex")]
    // <regex::exec::ExecNoSync as regex::re_trait::RegularExpression>::captures_read_at
    [InlineData("_ZN78_$LT$regex..exec..ExecNoSync$u20$as$u20$regex..re_trait..RegularExpression$GT$16captures_read_at17h0123456789abcdefE", "regex")]
    // <alloc::vec::Vec<T> as app::Shown>::show: the trait's crate wrote it
    [InlineData("_ZN55_$LT$alloc..vec..Vec$LT$T$GT$$u20$as$u20$app..Shown$GT$4show17h0123456789abcdefE", "app")]
    // <alloc::vec::Vec<T,A> as core::clone::Clone>::clone
    [InlineData("_ZN67_$LT$alloc..vec..Vec$LT$T$C$A$GT$$u20$as$u20$core..clone..Clone$GT$5clone17h0123456789abcdefE", "alloc")]
    // <&T as core::fmt::Debug>::fmt
    [InlineData("_ZN42_$LT$$RF$T$u20$as$u20$core..fmt..Debug$GT$3fmt17h0123456789abcdefE", "core")]
    [InlineData("memcpy", null)]
    [InlineData("_ZN3foo3barEv", null)] // C++
    [InlineData("_ZN", null)]
    [InlineData("_R", null)]
    // RFC 2603's own examples, and what rustc -Csymbol-mangling-version=v0 makes
    [InlineData("_RNvNtCs1234_7mycrate3foo3bar", "mycrate")]
    [InlineData("_RNvMs_Cs4Cv8Wi1oAIB_7mycrateNtB4_7Example3foo", "mycrate")]
    [InlineData("_RNvXCs15kBYyAo9fc_7mycrateNtB2_7ExampleNtB2_5Trait3foo", "mycrate")]
    [InlineData("_RINvNtC3std3mem8align_ofjdE", "std")]
    [InlineData("_RNvC6_123foo3bar", "123foo")]
    public void A_function_is_of_the_crate_that_wrote_it(string symbol, string? crate) => SymbolCrate.Of(symbol).ShouldBe(crate);

    [Fact]
    public void Any_text_has_a_crate_or_none()
    {
        var random = new Random(20261121);
        const string Letters = "_RZNCMXYIs0127h$LTGas.:<> E";
        for (var i = 0; i < 20_000; i++)
        {
            var text = (i % 2 == 0 ? "_ZN" : "_R") + string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Letters[random.Next(Letters.Length)]));
            Should.NotThrow(() => SymbolCrate.Of(text), $"seed 20261121, '{text}'");
        }
    }
}
