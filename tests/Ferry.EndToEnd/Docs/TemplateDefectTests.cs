using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using Ferry.Lab;

namespace Ferry.EndToEnd.Docs;

[UnsupportedOSPlatform("windows")]
public sealed class TemplateDefectTests
{
    private static readonly Lazy<IReadOnlyList<string>> Sources = new(() =>
        [.. Directory.GetFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)]);

    public static TheoryData<string> Tests => [.. TemplateDefects.All.SelectMany(defect => defect.Tests).Distinct()];

    [Theory]
    [MemberData(nameof(Tests))]
    public void The_test_that_shows_a_defect_gone_is_there(string test)
    {
        var (type, method) = (test.Split('.')[0], test.Split('.')[1]);
        // A public method of such a class is a test: an analyzer sees to that.
        Sources.Value.ShouldContain(text => Regex.IsMatch(text, $@"\bclass {type}\b") && Regex.IsMatch(text, $@"\bpublic (async Task|void) {method}\("));
    }

    [Fact]
    public void Every_defect_has_one() => TemplateDefects.All.ShouldAllBe(defect => defect.Tests.Length > 0);

    [Fact]
    public void What_the_tests_build_is_linked_without_a_toolchain_to_download()
    {
        var folders = ToolPath.WithoutCompiler.Split(':');
        foreach (var compiler in new[] { "cc", "gcc", "clang", "ld", "aarch64-linux-gnu-gcc", "arm-linux-gnueabihf-gcc", "arm-linux-gnueabihf-ld" })
        {
            folders.ShouldNotContain(folder => File.Exists(Path.Combine(folder, compiler)), compiler);
        }
    }
}
