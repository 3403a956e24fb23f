using System.Text.Json;
using Ferry.Processes;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>
/// Doc tests that cargo would leave out without a word: before 1.89 it runs none for another target than this PC's. From then on they go through the runner as
/// all others.
/// </summary>
internal static class DocTests
{
    private static readonly Version RunsThem = new(1, 89);

    /// <summary>Options by which the user has chosen other tests, or none to be run.</summary>
    private static readonly string[] OtherTests = ["--lib", "--bins", "--bin", "--tests", "--test", "--examples", "--example", "--benches", "--bench", "--all-targets", "--no-run"];

    public static void TellIfLeftOut(CargoPlan plan)
    {
        if (plan.Line.Verb == "test" && plan.Target.Value != plan.Rust.Host && IsBefore(plan.Rust.Version) && !ChoseOthers(plan.Line) && AnyIn(plan))
        {
            Status.Note($"doc tests are left out: before 1.89 cargo runs them for this PC only (this is {plan.Rust.Version}); here: cargo test --doc");
        }
    }

    private static bool IsBefore(string version) => Version.TryParse(version.Split('-')[0], out var number) && number < RunsThem;

    private static bool ChoseOthers(CargoLine line) =>
        line.CargoArguments.Any(word => OtherTests.Any(option => word == option || word.StartsWith(option + "=", StringComparison.Ordinal)));

    private static bool AnyIn(CargoPlan plan)
    {
        var answer = Tool.Run(plan.Rust.Cargo, [.. plan.Rust.Prefix, "metadata", "--no-deps", "--format-version", "1", .. CargoMetadata.Options(plan.Line)]);
        return answer.Succeeded && Libraries(answer.Output, [.. plan.Line.Values("-p", "--package")]).Any(HasDocTest);
    }

    /// <summary>The root files of the libraries whose doc tests cargo would run.</summary>
    internal static List<string> Libraries(string cargoMetadata, IReadOnlyList<string> packages)
    {
        using var document = JsonDocument.Parse(cargoMetadata);
        var libraries = new List<string>();
        foreach (var package in document.RootElement.GetProperty("packages").EnumerateArray())
        {
            if (packages.Count == 0 || packages.Contains(package.GetProperty("name").GetString()))
            {
                libraries.AddRange(package.GetProperty("targets").EnumerateArray()
                    .Where(target => target.TryGetProperty("doctest", out var doctest) && doctest.ValueKind == JsonValueKind.True && !target.GetProperty("kind").EnumerateArray().Any(kind => kind.GetString() == "bin"))
                    .Select(target => target.GetProperty("src_path").GetString()!));
            }
        }

        return libraries;
    }

    /// <summary>Whether there is a code block in a doc comment of the library. Not every one is a test (```text): so none is counted.</summary>
    internal static bool HasDocTest(string root)
    {
        try
        {
            return Directory.EnumerateFiles(Path.GetDirectoryName(root)!, "*.rs", SearchOption.AllDirectories).Any(file => File.ReadLines(file).Any(IsFence));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsFence(string line)
    {
        var text = line.AsSpan().TrimStart();
        return (text.StartsWith("///") || text.StartsWith("//!")) && text[3..].TrimStart().StartsWith("```");
    }
}
