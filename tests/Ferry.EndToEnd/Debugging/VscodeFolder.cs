using System.Globalization;
using System.Text.Json;

namespace Ferry.EndToEnd.Debugging;

/// <summary>What a project's .vscode holds, read as VS Code reads it: comments allowed, variables put in.</summary>
internal sealed class VscodeFolder(string workspace)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The file in the editor, relative to the workspace, and the line of its cursor.</summary>
    public (string File, int Line) Cursor { get; init; } = ("src/main.rs", 1);

    public JsonElement Launch(string name) => Entry("launch.json", "configurations", "name", name);

    public JsonElement TaskOf(JsonElement launch) => Entry("tasks.json", "tasks", "label", launch.GetProperty("preLaunchTask").GetString()!);

    public IEnumerable<string> Texts(JsonElement entry, string list) => entry.GetProperty(list).EnumerateArray().Select(text => text.GetString()!);

    private JsonElement Entry(string file, string list, string key, string name)
    {
        var text = File.ReadAllText(Path.Combine(workspace, ".vscode", file))
            .Replace("${workspaceFolder}", workspace)
            .Replace("${relativeFile}", Cursor.File)
            .Replace("${lineNumber}", Cursor.Line.ToString(CultureInfo.InvariantCulture));
        text.ShouldNotContain("${");
        using var document = JsonDocument.Parse(text, Lenient);
        return document.RootElement.GetProperty(list).EnumerateArray().Single(entry => entry.GetProperty(key).GetString() == name).Clone();
    }
}
