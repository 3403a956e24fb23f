using System.Security.Cryptography;
using System.Text;
using Ferry.Lab;
using Ferry.Remote.Agent;
using Ferry.Remote.Trees;

namespace Ferry.Tests.Agent;

/// <summary>A workspace here, and its tree below an agent's folder.</summary>
internal sealed class LocalTree : IDisposable
{
    private const string Id = "0123456789abcdef";

    public TemporaryFolder Workspace { get; } = new();

    public List<string> Warnings { get; } = [];

    public string? WithoutView { get; private set; }

    public string FolderOn(LocalAgent agent) => Path.Combine(agent.Folder, "work", Id, "workspace");

    /// <summary>Makes a file here, and an entry of it.</summary>
    public TreeEntry File(string name, string text, int mode = 0x1A4)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Workspace[name])!);
        System.IO.File.WriteAllText(Workspace[name], text);
        var bytes = Encoding.UTF8.GetBytes(text);
        return new()
        {
            Path = "workspace/" + name, Kind = TreeEntryKind.Data, Mode = mode, Size = bytes.Length, Source = Workspace[name],
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
        };
    }

    public static TreeEntry Program(string name, ProgramFile program) =>
        new() { Path = "workspace/" + name, Kind = TreeEntryKind.Program, Mode = 0x1C0, Size = program.Size, Sha256 = program.Sha256, Program = program };

    public static TreePart Part(string name, params TreeEntry[] entries) => new(name, entries);

    /// <summary>The counterpart as a program of the workspace, told what to do.</summary>
    public RunRequest Request(IReadOnlyList<TreePart> parts, string[] arguments, bool shows = true, params string[] results) => LocalAgent.Request(arguments) with
    {
        Folder = Workspace.Path,
        Tree = new RunTree
        {
            Id = Id,
            Parts = parts,
            Program = "workspace/target/x/debug/deps/counterpart-0123456789abcdef",
            Places = [new(Workspace.Path, "workspace")],
            ShowsPaths = shows,
            Results = new TreeResults { Patterns = [.. results.Select(text => new ResultPattern("workspace", Glob.Parse(text)!))], Places = [new(Workspace.Path, "workspace")], Warn = Warnings.Add },
            WithoutView = (why, _) => WithoutView = why,
        },
    };

    public (ProgramEnd End, string Output) Run(LocalAgent agent, IReadOnlyList<TreePart> parts, string[] arguments, bool shows = true, params string[] results)
    {
        var output = new WatchedStream();
        var end = agent.Session.Run(Request(parts, arguments, shows, results), new LocalStreams(null, output, output));
        return (end, output.Text);
    }

    public void Dispose() => Workspace.Dispose();
}
