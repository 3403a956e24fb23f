using System.Text.Json.Nodes;

namespace Ferry.Editors;

/// <summary>An extension of VS Code that debugs programs.</summary>
/// <param name="Title">As people call it.</param>
/// <param name="Extension">Its identifier in the marketplace.</param>
/// <param name="Connect">How it is told to take a session; the second is cargo's target folder, as the editor names it.</param>
internal sealed record EditorDebugger(string Title, string Extension, Func<EditorSession, string, JsonObject> Connect);
