using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>A project to which <c>ferry init --vscode</c> has added all that it knows, and the debuggers of this PC.</summary>
public sealed class EditorBench : IDisposable
{
    private static readonly string Debuggers = Path.Combine(Repository.Cache, "debuggers", "bin");
    private readonly FerryTool ferry;

    public EditorBench()
        : this(new FerryTool(), "emulator")
    {
    }

    internal EditorBench(FerryTool ferry, string device)
    {
        this.ferry = ferry;
        // In the place of the gdb that is found first: a newer one, which is a debug adapter, too.
        var tools = Path.Combine(ferry.Home, "tools");
        Directory.CreateDirectory(tools);
        File.CreateSymbolicLink(Path.Combine(tools, "gdb-multiarch"), Path.Combine(Repository.Cache, "gdb-16", "bin", "gdb-16"));
        Variables = ferry.Variables();
        Variables["FERRY_DEVICE"] = device;
        WithDap = new(Variables) { ["PATH"] = tools + ":" + Variables["PATH"] };
        Project = DebuggedProgram.In(ferry.Home);
        Port = TwoFreePorts();
        ferry.RunIn(Project.Folder, "init", "--vscode", "--port", $"{Port}", "--editor-debugger", "codelldb", "--editor-debugger", "cppdbg", "--editor-debugger", "gdb-dap").ShouldExitWith(0);
    }

    public static string Lldb { get; } = Path.Combine(Debuggers, "lldb-19");

    public static string LldbDap { get; } = Path.Combine(Debuggers, "lldb-dap-19");

    public CargoProject Project { get; }

    /// <summary>The first of the generated files' ports.</summary>
    public int Port { get; }

    public Dictionary<string, string?> Variables { get; }

    /// <summary>With gdb 16.</summary>
    public Dictionary<string, string?> WithDap { get; }

    public string Source => Project.PathOf("src/main.rs");

    internal VscodeFolder Vscode(int line = 1) => new(Project.Folder) { Cursor = ("src/main.rs", line) };

    /// <summary>Starts the task of a launch.json's entry, and returns when VS Code would start the debugger.</summary>
    internal EditorTask Serve(JsonElement launch, Dictionary<string, string?>? variables = null, int line = 1)
    {
        var task = EditorTask.Start(Vscode(line).TaskOf(launch), Project.Folder, variables ?? Variables);
        task.WaitUntilReady();
        task.IsReady.ShouldBeTrue(task.Text);
        return task;
    }

    /// <summary>What lldb is told for an entry of CodeLLDB's, by its manual: make the target, then (the breakpoints are the editor's) the process.</summary>
    internal RunResult InLldb(JsonElement launch, string breakpoint, params string[] afterwards)
    {
        var place = breakpoint.Split(':');
        string[] commands = [.. Vscode().Texts(launch, "targetCreateCommands"), $"breakpoint set --file {place[0]} --line {place[1]}", .. Vscode().Texts(launch, "processCreateCommands"), "continue", .. afterwards];
        return Run.Process(Lldb, ["-b", .. commands.SelectMany(command => new[] { "-o", command })], Project.Folder);
    }

    /// <summary>The same for lldb's own adapter, which would not wait for the connection by itself.</summary>
    internal JsonObject ForLldbDap(JsonElement launch)
    {
        string[] commands = ["script lldb.debugger.SetAsync(False)", .. Vscode().Texts(launch, "targetCreateCommands"), .. Vscode().Texts(launch, "processCreateCommands"), "script lldb.debugger.SetAsync(True)"];
        return new() { [launch.GetProperty("request").GetString() + "Commands"] = new JsonArray([.. commands.Select(command => JsonValue.Create(command))]) };
    }

    public void Dispose() => ferry.Dispose();

    /// <summary>Outside of the range from which systems take ports by themselves.</summary>
    private static int TwoFreePorts()
    {
        while (true)
        {
            var port = Random.Shared.Next(20000, 30000);
            if (IsFree(port) && IsFree(port + 1))
            {
                return port;
            }
        }
    }

    internal static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
