using Ferry.Debugging;

namespace Ferry.Tests.Debugging;

public sealed class RustFunctionTests
{
    [Theory]
    [InlineData("_ZN9try_debug4main17h6f02f3a5b779b44aE", "try_debug::main")]
    [InlineData("_RNvCs1a2B3c_5hello4main", "hello::main")]
    [InlineData("_RNvC5hello4main", "hello::main")]
    [InlineData("_RNvNtCs_5hello5tests4adds", "hello::tests::adds")]
    [InlineData("_RNvNtNtCsaZ_9two_words1a1b6__main", "two_words::a::b::_main")]
    [InlineData("_RNvCs1a2B3c_5hello4main.llvm.123", "hello::main")]
    [InlineData("_RNCNvC5hello4main0B3_", null)]
    [InlineData("_RNvMs_C5helloNtB4_3Two3get", null)]
    [InlineData("_RNvC5hello99main", null)]
    [InlineData("_RNvC5hello", null)]
    [InlineData("_R", null)]
    [InlineData("main", null)]
    public void The_path_of_a_plain_function_is_read_from_its_symbol(string symbol, string? path) => RustFunction.PathOf(symbol).ShouldBe(path);
}
