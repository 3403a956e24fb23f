using System.Text.Json.Nodes;

namespace Ferry.Editors;

/// <summary>The extensions that Ferry knows, by the names that <c>--editor-debugger</c> takes.</summary>
internal static class EditorDebuggers
{
    public static IReadOnlyDictionary<string, EditorDebugger> All { get; } = new Dictionary<string, EditorDebugger>
    {
        ["codelldb"] = new("CodeLLDB", "vadimcn.vscode-lldb", CodeLldb),
        ["cppdbg"] = new("C/C++", "ms-vscode.cpptools", Cppdbg),
        ["gdb-dap"] = new("GDB DAP", "OlegTolmatcev.gdb-dap", GdbDap),
    };

    /// <summary>Its manual, "Connecting to a gdbserver-style agent". launch ends the program with the session, attach lets it go.</summary>
    private static JsonObject CodeLldb(EditorSession session, string target) => new()
    {
        ["type"] = "lldb",
        ["request"] = session.IsAttached ? "attach" : "launch",
        ["targetCreateCommands"] = new JsonArray($"command source -e true \"{target}/{ServeWords.LldbFile(session.Port)}\""),
        ["processCreateCommands"] = new JsonArray($"gdb-remote {ServeWords.Address(session.Port)}"),
    };

    /// <summary>With a server launch it is in either case: attach wants a process of this PC.</summary>
    private static JsonObject Cppdbg(EditorSession session, string target) => new()
    {
        ["type"] = "cppdbg",
        ["request"] = "launch",
        ["program"] = $"{target}/{ServeWords.ProgramFile(session.Port)}",
        ["cwd"] = "${workspaceFolder}",
        ["MIMode"] = "gdb",
        ["miDebuggerPath"] = $"{target}/{ServeWords.GdbFile}",
        ["miDebuggerServerAddress"] = ServeWords.Address(session.Port),
        ["setupCommands"] = new JsonArray(new JsonObject { ["text"] = "-enable-pretty-printing" }),
        ["windows"] = new JsonObject { ["miDebuggerPath"] = $"{target}/{ServeWords.GdbFile}.cmd" },
    };

    /// <summary>gdb's own words for its attach request. Which gdb is started is a setting of the extension.</summary>
    private static JsonObject GdbDap(EditorSession session, string target) => new()
    {
        ["type"] = "gdb-dap",
        ["request"] = "attach",
        ["program"] = $"{target}/{ServeWords.ProgramFile(session.Port)}",
        ["target"] = ServeWords.Address(session.Port),
    };
}
