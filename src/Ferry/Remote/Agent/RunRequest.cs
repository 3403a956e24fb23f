using System.Text;
using Ferry.Processes;
using Ferry.Remote.Trees;

namespace Ferry.Remote.Agent;

/// <summary>What is to be run on the device, and how. Bytes, not strings: arguments and variables need not be UTF-8.</summary>
internal sealed record RunRequest
{
    /// <summary>What must be on the device; sent when it is not. The first one is run, unless <see cref="Program"/> names another.</summary>
    public IReadOnlyList<ProgramFile> Files { get; init; } = [];

    /// <summary>The path of a program that the device has anyway; empty to run the first of the files.</summary>
    public string Program { get; init; } = "";

    /// <summary>All arguments, the program's own name first.</summary>
    public required IReadOnlyList<byte[]> Arguments { get; init; }

    /// <summary><c>NAME=value</c> each; they override those of the login on the device.</summary>
    public IReadOnlyList<byte[]> Environment { get; init; } = [];

    /// <summary>The working folder on the device; empty for the user's home.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Folders of the device that join LD_LIBRARY_PATH; those of <see cref="Files"/> that are libraries do so by themselves.</summary>
    public IReadOnlyList<string> LibraryFolders { get; init; } = [];

    /// <summary>What cargo promises a test, mirrored on the device; null for a program that needs none of it.</summary>
    public RunTree? Tree { get; init; }

    /// <summary>Set when the program is to have a terminal, of this size. Its TERM comes with the environment.</summary>
    public TerminalSize? Terminal { get; init; }

    /// <summary>With a terminal: whether stderr comes by a pipe of its own, since it goes elsewhere here.</summary>
    public bool StderrApart { get; init; }

    /// <summary>A benchmark, to whose figures the device's conditions belong.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>Whether nothing else of Ferry's may run on the device meanwhile.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Whether the agent is to see what the program dies of, should it die: docs/decisions/0027-post-mortem.md.</summary>
    public bool IsTraced { get; init; }

    /// <summary>When the program is killed; null for never.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Set when it is started by gdbserver.</summary>
    public DebugServer? Server { get; init; }

    /// <summary>The name that messages use.</summary>
    public string Name => Files.Count > 0 && Program.Length == 0 ? Files[0].Name : Path.GetFileName(Program);

    public byte[] ToFrame(bool stdinGiven)
    {
        var flags = (Terminal is null ? 0 : 1) | (StderrApart ? 2 : 0) | (stdinGiven ? 4 : 0) | (IsMeasured ? 8 : 0) | (IsAlone ? 16 : 0) | (IsTraced ? 32 : 0);
        var frame = (Server is null ? new FrameWriter(FrameType.Run) : Server.Begin())
            .List(Files, (frame, file) => file.Write(frame))
            .Bytes(Encoding.UTF8.GetBytes(Program))
            .List(Arguments, (frame, argument) => frame.Bytes(argument))
            .List(Environment, (frame, variable) => frame.Bytes(variable))
            .Bytes(Encoding.UTF8.GetBytes(Folder))
            .List(LibraryFolders, (frame, folder) => frame.Bytes(Encoding.UTF8.GetBytes(folder)))
            .U8((byte)flags)
            .U16(Terminal?.Rows ?? 0)
            .U16(Terminal?.Columns ?? 0)
            .U32((uint)(TimeLimit?.TotalMilliseconds ?? 0))
            .U8(Tree is null ? (byte)0 : (byte)1);
        Tree?.Write(frame);
        return frame.ToArray();
    }
}
