using System.Diagnostics;
using System.Text;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>An agent that runs here, as it does on a device: in a folder of its own, spoken to over its stdin and stdout.</summary>
internal sealed class LocalAgent : IDisposable
{
    private readonly Process process;

    private readonly bool ownsFolder;

    private LocalAgent(string folder, bool ownFolder, Process process)
    {
        (Folder, ownsFolder, this.process) = (folder, ownFolder, process);
        Session = new AgentSession(ToAgent, FromAgent, Kill);
    }

    public string Folder { get; }

    public int Pid => process.Id;

    public Stream ToAgent => process.StandardInput.BaseStream;

    public Stream FromAgent => process.StandardOutput.BaseStream;

    public AgentSession Session { get; }

    /// <summary>An agent with a session that has been greeted.</summary>
    public static LocalAgent Start(string? folder = null, params string[] emulator)
    {
        var agent = StartSilent(folder, emulator);
        agent.Session.Greet().ShouldBeTrue();
        return agent;
    }

    /// <summary>An agent whose streams the test uses itself.</summary>
    public static LocalAgent StartSilent(string? folder = null, params string[] emulator)
    {
        var ownFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("ferry-agent-").FullName; // 0700, as the agent wants it
        string[] line = emulator.Length == 0 ? [AgentLab.Agent()] : emulator;
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return new LocalAgent(folder, ownFolder, Process.Start(start)!);
    }

    /// <summary>Runs the counterpart to its end and keeps what it wrote.</summary>
    public (ProgramEnd End, string Output, string Errors) Run(params string[] arguments)
    {
        var (output, errors) = (new WatchedStream(), new WatchedStream());
        var end = Session.Run(Request(arguments), new LocalStreams(null, output, errors));
        return (end, output.Text, errors.Text);
    }

    /// <summary>The counterpart, told what to do.</summary>
    public static RunRequest Request(params string[] arguments) => new()
    {
        Files = [AgentLab.Counterpart],
        Arguments = [.. arguments.Prepend("counterpart").Select(Encoding.UTF8.GetBytes)],
    };

    public void Kill() => process.Kill();

    /// <summary>Cuts the connection as a lost network does in the end: the agent's stdin closes.</summary>
    public void Cut() => ToAgent.Dispose();

    public void WaitForExit() => process.WaitForExit(TimeSpan.FromSeconds(20)).ShouldBeTrue("the agent did not end");

    public void Dispose()
    {
        Session.Dispose();
        if (!process.WaitForExit(TimeSpan.FromSeconds(15)))
        {
            process.Kill();
        }

        process.Dispose();
        if (ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
