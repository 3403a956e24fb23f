using System.Text;
using Ferry.Lab;
using Ferry.Processes;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>This PC's side of a run, in a process of its own (tests/Ferry.Door). What gives that process a terminal is an agent again.</summary>
internal static class LocalDoor
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory.Replace("Ferry.Tests", "Ferry.Door", StringComparison.Ordinal), "Ferry.Door");

    public static RunRequest InTerminal(LocalAgent here, params string[] arguments) => Request(here, arguments) with { Terminal = new TerminalSize(31, 97) };

    public static RunRequest Request(LocalAgent here, params string[] arguments) => new()
    {
        Program = File,
        Arguments = [.. Line(here).Concat(arguments).Select(Encoding.UTF8.GetBytes)],
    };

    /// <summary>A script, whose $0 to $3 are the door and its own arguments, and $4 one more.</summary>
    public static RunRequest Shell(LocalAgent here, string script, string argument) => new()
    {
        Program = "/bin/sh",
        Arguments = [.. new[] { "sh", "-c", script }.Concat(Line(here)).Append(argument).Select(Encoding.UTF8.GetBytes)],
    };

    private static string[] Line(LocalAgent here)
    {
        var program = Path.Combine(AgentLab.Scratch, AgentLab.Counterpart.Name);
        return [File, AgentLab.Agent(), here.Folder, program];
    }

    /// <summary>Waits until the door that belongs to an agent is in a state (proc(5): T stopped, S asleep).</summary>
    public static void ShouldBecome(char state, LocalAgent here)
    {
        var door = LivingProcesses.With(File + "\0").Intersect(LivingProcesses.With(here.Folder)).Single();
        Waiting.Until(() => System.IO.File.ReadAllText($"/proc/{door}/stat").Split(") ")[^1][0] == state, TimeSpan.FromSeconds(10), () => $"the door was not in state {state}");
    }
}
