using System.Text.Json;
using Ferry.Editors;
using Ferry.Processes;
using Ferry.Terminal;
using Ferry.Toolchain;

namespace Ferry.Commands.Initializing;

/// <summary><c>ferry init --vscode</c>: the ways to debug on a device, in VS Code's menu.</summary>
internal static class VscodeInit
{
    private const string WorkspaceFolder = "${workspaceFolder}";

    /// <summary>Where VS Code, its server and its free build keep extensions, below the home folder.</summary>
    private static readonly string[] ExtensionFolders = [".vscode/extensions", ".vscode-server/extensions", ".vscode-insiders/extensions", ".vscode-oss/extensions"];

    public static void Run(IReadOnlyList<string> chosen, int port, ProjectWriting writing)
    {
        var rust = RustToolchain.Find();
        var root = CargoInit.WorkspaceRoot(rust);
        var answer = Tool.Run(rust.Cargo, [.. rust.Prefix, "metadata", "--no-deps", "--format-version", "1"]);
        if (!answer.Succeeded)
        {
            throw new FerryException("cargo cannot say which programs the project has", answer.Errors.Trim());
        }

        using var metadata = JsonDocument.Parse(answer.Output);
        var sessions = EditorSession.Of(Programs(metadata.RootElement), port);
        var debuggers = chosen.Count > 0 ? [.. chosen.Distinct().Select(name => EditorDebuggers.All[name])] : Installed();
        var target = Shown(metadata.RootElement.GetProperty("target_directory").GetString()!, root);
        // The tasks first: a launch without its task does not start.
        Write(Path.Combine(root, ".vscode", "tasks.json"), text => VscodeFiles.Tasks(text, sessions), writing);
        Write(Path.Combine(root, ".vscode", "launch.json"), text => VscodeFiles.Launch(text, sessions, debuggers, target), writing);
        if (debuggers.Contains(EditorDebuggers.All["gdb-dap"]))
        {
            var gdb = Path.Combine(metadata.RootElement.GetProperty("target_directory").GetString()!, ServeWords.GdbFile);
            Status.Note($"for GDB DAP, in your own settings: \"gdb-dap.executable-path\": \"{gdb}\"");
        }
    }

    /// <summary>What cargo metadata calls a bin.</summary>
    private static List<EditorProgram> Programs(JsonElement metadata)
    {
        var packages = metadata.GetProperty("packages").EnumerateArray().ToList();
        var programs = packages.SelectMany(package => package.GetProperty("targets").EnumerateArray()
            .Where(target => target.GetProperty("kind").EnumerateArray().Any(kind => kind.ValueEquals("bin")))
            .Select(target => new EditorProgram(target.GetProperty("name").GetString()!, packages.Count == 1 ? [] : ["-p", package.GetProperty("name").GetString()!])));
        return [.. programs.OrderBy(program => program.Name, StringComparer.Ordinal)];
    }

    private static List<EditorDebugger> Installed()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var there = ExtensionFolders.Select(folder => Path.Combine(home, folder)).Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories).Select(Path.GetFileName).ToList();
        var found = EditorDebuggers.All.Values.Where(debugger => there.Exists(name => name!.StartsWith(debugger.Extension + "-", StringComparison.OrdinalIgnoreCase))).ToList();
        if (found.Count > 0)
        {
            return found;
        }

        var first = EditorDebuggers.All["codelldb"];
        Status.Note($"VS Code has none of the extensions that Ferry knows ({string.Join(", ", EditorDebuggers.All.Values.Select(debugger => debugger.Title))}); to get the first: code --install-extension {first.Extension}");
        return [first];
    }

    /// <summary>A path that is good on everybody's PC, where it can be.</summary>
    private static string Shown(string folder, string root)
    {
        var relative = Path.GetRelativePath(root, folder).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? folder.Replace('\\', '/') : $"{WorkspaceFolder}/{relative}";
    }

    private static void Write(string path, Func<string, string> complete, ProjectWriting writing)
    {
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        try
        {
            writing.Write(path, before, complete(before));
        }
        catch (JsonException e)
        {
            throw new FerryException($"cannot add to '{path}'", e.Message, "mend it, or move it away; ferry init --vscode makes a new one");
        }
    }
}
