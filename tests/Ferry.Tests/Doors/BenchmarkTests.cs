using System.Text;
using Ferry.Doors;

namespace Ferry.Tests.Doors;

public sealed class BenchmarkTests
{
    [Theory]
    [InlineData(true, "/p/target/t/release/deps/parser-0123456789abcdef --bench")]
    [InlineData(true, "/p/target/t/release/deps/parser-0123456789abcdef --save-baseline before --bench")]
    [InlineData(false, "/p/target/t/release/deps/parser-0123456789abcdef")]
    [InlineData(false, "/p/target/t/release/deps/parser-0123456789abcdef --bench --nocapture")]
    [InlineData(false, "/p/target/t/release/deps/parser-0123456789abcdef --list --bench")]
    [InlineData(false, "/p/target/t/release/deps/parser-0123456789abcdef --help --bench")]
    [InlineData(false, "/p/target/t/release/server --bench")]
    [InlineData(false, "/p/target/t/release/examples/server --bench")]
    [InlineData(false, "--bench")]
    public void A_benchmark_is_known_by_what_cargo_bench_calls(bool expected, string line) =>
        Benchmark.IsOne([.. line.Split(' ').Select(Encoding.UTF8.GetBytes)]).ShouldBe(expected);

    [Theory]
    [InlineData("parser-0123456789abcdef", "parser")]
    [InlineData("two-words-0123456789abcdef", "two-words")]
    [InlineData("parser", "parser")]
    [InlineData("parser-0123456789ABCDEF", "parser-0123456789ABCDEF")]
    [InlineData("-0123456789abcdef", "-0123456789abcdef")]
    [InlineData("", "")]
    public void Its_name_is_the_one_of_Cargo_toml(string file, string name) => Benchmark.Title(file).ShouldBe(name);
}
