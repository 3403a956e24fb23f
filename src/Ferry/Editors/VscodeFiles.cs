using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ferry.Editors;

/// <summary>VS Code's launch.json and tasks.json with Ferry's entries, beside those that are there.</summary>
internal static class VscodeFiles
{
    /// <summary>launch.json, as it is to be.</summary>
    /// <param name="text">As it is; empty where there is none.</param>
    /// <param name="sessions">What can be debugged.</param>
    /// <param name="debuggers">By which extensions.</param>
    /// <param name="target">cargo's target folder, as VS Code names it.</param>
    /// <exception cref="JsonException">What is there is no launch.json.</exception>
    public static string Launch(string text, IReadOnlyList<EditorSession> sessions, IReadOnlyList<EditorDebugger> debuggers, string target) =>
        Complete(text, "0.2.0", "configurations", "name", debuggers.SelectMany(debugger => sessions.Select(session => Named(session.Name(debugger), debugger.Connect(session, target), session.Task))));

    /// <summary>tasks.json, as it is to be.</summary>
    /// <exception cref="JsonException">What is there is no tasks.json.</exception>
    public static string Tasks(string text, IReadOnlyList<EditorSession> sessions) =>
        Complete(text, "2.0.0", "tasks", "label", sessions.Select(session => new JsonObject
        {
            ["label"] = session.Task,
            ["type"] = "process",
            ["command"] = "ferry",
            ["args"] = new JsonArray([.. new[] { "debug", "--serve", $"{session.Port}" }.Concat(session.Words).Select(word => JsonValue.Create(word))]),
            ["isBackground"] = true,
            ["presentation"] = new JsonObject { ["reveal"] = "always", ["panel"] = "dedicated", ["clear"] = true },
            ["problemMatcher"] = Matcher(session),
        }));

    /// <summary>What is called like an entry that is there stays out: people change what they were given.</summary>
    private static string Complete(string text, string version, string list, string key, IEnumerable<JsonObject> entries)
    {
        var whole = text.Trim().Length > 0 ? text : $"{{\n    \"version\": \"{version}\"\n}}\n";
        var there = JsonText.Names(whole, list, key) ?? [];
        var lacking = entries.Where(entry => !there.Contains(entry[key]!.GetValue<string>())).Select(JsonEntry.Text).ToList();
        return lacking.Count == 0 ? text : JsonText.With(whole, list, key, lacking);
    }

    private static JsonObject Named(string name, JsonObject connection, string task)
    {
        connection.Insert(0, "name", name);
        connection.Add("preLaunchTask", task);
        return connection;
    }

    /// <summary>When VS Code may start the debugger, and what of rustc's words it shows at the sources.</summary>
    private static JsonObject Matcher(EditorSession session) => new()
    {
        ["owner"] = "ferry",
        ["fileLocation"] = new JsonArray("autoDetect", "${workspaceFolder}"),
        ["pattern"] = new JsonArray(
            new JsonObject { ["regexp"] = @"^(error|warning)(?:\[(\w+)\])?: (.+)$", ["severity"] = 1, ["code"] = 2, ["message"] = 3 },
            new JsonObject { ["regexp"] = @"^\s*--> (.+):(\d+):(\d+)$", ["file"] = 1, ["line"] = 2, ["column"] = 3 }),
        ["background"] = new JsonObject
        {
            ["activeOnStart"] = true,
            ["beginsPattern"] = ServeWords.PreparingPattern,
            ["endsPattern"] = ServeWords.ServingPattern(session.Port),
        },
    };
}
