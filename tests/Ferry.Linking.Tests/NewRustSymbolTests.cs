namespace Ferry.Linking.Tests;

public sealed class NewRustSymbolTests
{
    [Theory]
    [InlineData("_RNvNtCs1234_7mycrate3foo3bar", "mycrate::foo::bar")]
    [InlineData("_RNvC6_123foo3bar", "123foo::bar")]
    [InlineData("_RNCNvCsgStHSCytQ6I_7mycrate4main0B3_", "mycrate::main::{{closure}}")]
    [InlineData("_RNvMs_Cs4Cv8Wi1oAIB_7mycrateNtB4_7Example3foo", "<mycrate::Example>::foo")]
    [InlineData("_RNvXCs15kBYyAo9fc_7mycrateNtB2_7ExampleNtB2_5Trait3foo", "<mycrate::Example as mycrate::Trait>::foo")]
    [InlineData("_RINvNtC3std3mem8align_ofjdE", "std::mem::align_of")]
    [InlineData("_RNvXs5_NtCs1_5alloc3vecINtB5_3VechENtNtCs2_4core5clone5Clone5clone", "<alloc::vec::Vec<u8> as core::clone::Clone>::clone")]
    [InlineData("_RNvYNtC1a1TNtC1b1U1f", "<a::T as b::U>::f")]
    [InlineData("_RINvC1a1fRShTmlEAyj4_E", "a::f")]
    [InlineData("_RNvYDNtC1a1TEL_NtC1b1U1f", "<dyn a::T as b::U>::f")]
    [InlineData("_RNvYFmEuNtC1b1U1f", "<fn(u32) -> () as b::U>::f")]
    [InlineData("_R", "_R")]
    [InlineData("_RNvB_1a", "_RNvB_1a")] // a reference to itself
    [InlineData("_RNvC1a99f", "_RNvC1a99f")]
    public void A_symbol_of_the_newer_form_is_read_as_a_path(string symbol, string path) => RustSymbol.Readable(symbol).ShouldBe(path);

    [Fact]
    public void Any_text_is_read_or_stays_and_that_soon()
    {
        var random = new Random(20261121);
        const string Letters = "NICMXYBTSARQPOFDEKLGsvtuC1a1b0_2hmpn";
        for (var i = 0; i < 50_000; i++)
        {
            var text = "_R" + string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => Letters[random.Next(Letters.Length)]));
            RustSymbol.Readable(text).Length.ShouldBeLessThan(10_000, $"seed 20261121, '{text}'");
        }
    }
}
