using Ferry.Commands;
using Ferry.Lab;

namespace Ferry.Tests.Commands;

public sealed class DocTestsTests
{
    [Theory]
    [InlineData("/// ```\n/// assert!(true);\n/// ```\npub fn f() {}", true)]
    [InlineData("//! ```rust\n//! ```", true)]
    [InlineData("pub mod m {\n    /// ```no_run\n    pub fn f() {}\n}", true)]
    [InlineData("// ```\npub fn f() {} // ```", false)]
    [InlineData("/// prose\npub fn f() {}", false)]
    [InlineData("", false)]
    public void A_code_block_in_a_doc_comment_may_be_a_test(string source, bool expected)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["src/inner"]);
        File.WriteAllText(folder["src/lib.rs"], "mod inner;\n");
        File.WriteAllText(folder["src/inner/mod.rs"], source);

        DocTests.HasDocTest(folder["src/lib.rs"]).ShouldBe(expected);
        DocTests.HasDocTest(folder["missing/lib.rs"]).ShouldBeFalse();
    }

    [Fact]
    public void The_libraries_are_those_whose_doc_tests_cargo_would_run()
    {
        const string Metadata = """
            {"packages":[
              {"name":"a","targets":[{"kind":["lib"],"doctest":true,"src_path":"/a/src/lib.rs"},{"kind":["bin"],"doctest":false,"src_path":"/a/src/main.rs"}]},
              {"name":"b","targets":[{"kind":["proc-macro"],"doctest":true,"src_path":"/b/src/lib.rs"}]},
              {"name":"c","targets":[{"kind":["lib"],"doctest":false,"src_path":"/c/src/lib.rs"},{"kind":["test"],"src_path":"/c/tests/t.rs"}]}]}
            """;

        DocTests.Libraries(Metadata, []).ShouldBe(["/a/src/lib.rs", "/b/src/lib.rs"]);
        DocTests.Libraries(Metadata, ["b", "c"]).ShouldBe(["/b/src/lib.rs"]);
    }
}
