using System.Text.Json;

namespace Ferry.Commands.Many;

/// <summary>A test program that cargo has built.</summary>
/// <param name="File">The program.</param>
/// <param name="Package">The folder of its package, in which cargo would start it.</param>
/// <param name="Label">As cargo names it: <c>unittests src/lib.rs</c>, <c>tests/cli.rs</c>.</param>
internal sealed record TestProgram(string File, string Package, string Label)
{
    /// <summary>What tells it from the others of a workspace, and stays the same when it is built again.</summary>
    public string Key => $"{Path.GetFileName(Package)} {Label}";

    /// <summary>Those among cargo's messages, one JSON object a line. What else was built has no tests of its own.</summary>
    public static IReadOnlyList<TestProgram> Read(string messages)
    {
        var programs = new List<TestProgram>();
        foreach (var line in messages.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var message = JsonDocument.Parse(line);
            var artifact = message.RootElement;
            if (artifact.TryGetProperty("executable", out var executable) && executable.GetString() is { } file && artifact.GetProperty("profile").GetProperty("test").GetBoolean())
            {
                var package = Path.GetDirectoryName(artifact.GetProperty("manifest_path").GetString())!;
                programs.Add(new(file, package, LabelOf(artifact.GetProperty("target"), package)));
            }
        }

        return programs;
    }

    private static string LabelOf(JsonElement target, string package)
    {
        var source = Path.GetRelativePath(package, target.GetProperty("src_path").GetString()!);
        return target.GetProperty("kind")[0].GetString() == "test" ? source : "unittests " + source;
    }
}
