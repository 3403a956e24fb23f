using System.Text;

namespace Ferry.Commands.Many;

/// <summary>What a test program is called with: cargo's TESTNAME, and what was typed behind <c>--</c>.</summary>
internal sealed class TestWords
{
    /// <summary>cargo test's options that take the next word as their value.</summary>
    private static readonly string[] CargoValues =
        ["-p", "--package", "--exclude", "--bin", "--example", "--test", "--bench", "-F", "--features", "-j", "--jobs", "--profile", "--target", "--target-dir", "--manifest-path", "--message-format", "--color", "--config", "-Z", "--lockfile-path"];

    /// <summary>libtest's.</summary>
    private static readonly string[] TestValues = ["--logfile", "--test-threads", "--skip", "--color", "--format", "--shuffle-seed", "-Z"];

    private readonly List<byte[]> options = [];

    public TestWords(CargoLine line, bool quiet)
    {
        var filters = Words(line.CargoArguments, CargoValues).Where(word => !word.IsOption && !word.Text.StartsWith('+')).Select(word => word.Text);
        All = [.. filters.Select(Encoding.UTF8.GetBytes), .. quiet ? ["--quiet"u8.ToArray()] : Array.Empty<byte[]>(), .. line.ProgramArguments];
        var own = Words([.. All.Select(Encoding.UTF8.GetString)], TestValues).ToList();
        options.AddRange(All.Where((_, i) => own[i].IsOption));
    }

    /// <summary>For a program as a whole.</summary>
    public IReadOnlyList<byte[]> All { get; }

    /// <summary>To be told the names of the tests that <see cref="All"/> would run, and to run none.</summary>
    public IReadOnlyList<byte[]> List => [.. All, "--list"u8.ToArray(), "--format"u8.ToArray(), "terse"u8.ToArray()];

    /// <summary>For these tests alone: filters have done their work when the tests were listed, and would add to the names here.</summary>
    public IReadOnlyList<byte[]> Only(IEnumerable<string> tests) => [.. options, "--exact"u8.ToArray(), .. tests.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Null when the program is none of libtest's, which says <c>name: test</c> and nothing else.</summary>
    public static IReadOnlyList<string>? Names(IEnumerable<string> list)
    {
        var names = new List<string>();
        foreach (var line in list.Where(line => line.Length > 0))
        {
            if (!line.EndsWith(": test", StringComparison.Ordinal))
            {
                return null;
            }

            names.Add(line[..^": test".Length]);
        }

        return names;
    }

    private static IEnumerable<(string Text, bool IsOption)> Words(IEnumerable<string> words, string[] withValue)
    {
        var isValue = false;
        foreach (var word in words)
        {
            yield return (word, isValue || word.StartsWith('-'));
            isValue = !isValue && withValue.Contains(word);
        }
    }
}
