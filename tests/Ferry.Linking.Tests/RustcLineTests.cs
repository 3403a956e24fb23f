using Ferry.Lab;

namespace Ferry.Linking.Tests;

/// <summary>
/// Lines that rustc 1.85 and 1.95 wrote (<c>--print link-args</c>), one argument a line, with this machine's folders
/// renamed; beside each what lld is given.
/// </summary>
public class RustcLineTests
{
    private static readonly string Cases = Repository.PathOf("tests", "Ferry.Linking.Tests", "cases");

    public static TheoryData<string> Names => [.. Directory.GetFiles(Cases, "*.args").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_line_of_rustc_becomes_this_line_of_lld(string name)
    {
        var arguments = File.ReadAllLines(Path.Combine(Cases, name + ".args"));
        Snapshot.Compare(Path.Combine(Cases, name + ".expected"), Translate(name, arguments));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_of_a_line_is_lost(string name)
    {
        // Every file, library and folder of the line is in the result, in the same order.
        var arguments = File.ReadAllLines(Path.Combine(Cases, name + ".args"));
        var result = Translate(name, arguments);
        if (result.StartsWith("error:", StringComparison.Ordinal))
        {
            return;
        }

        var inputs = arguments.Select(word => word == "-pthread" ? "-lpthread" : word).Where(word => word.StartsWith("-l", StringComparison.Ordinal) || word.EndsWith(".rlib", StringComparison.Ordinal) || (word.EndsWith(".o", StringComparison.Ordinal) && word[0] == '/'));
        var kept = result.Split('\n').Where(inputs.ToHashSet().Contains);
        kept.ShouldBe(inputs);
    }

    private static string Translate(string name, string[] arguments)
    {
        try
        {
            var job = LinkJob.Parse(Tokens.Of(arguments, _ => File.ReadAllText(Path.Combine(Cases, name + ".rsp"))));
            return string.Join('\n', LldCommand.Build(job, Platforms.Of(name))) + "\n";
        }
        catch (LinkerLineException e)
        {
            return $"error: {e.Message}\nhelp:  {e.Help}\n";
        }
    }
}
