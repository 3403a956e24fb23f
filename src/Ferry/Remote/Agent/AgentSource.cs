using Ferry.Settings;

namespace Ferry.Remote.Agent;

/// <summary>The agent's sources, which travel inside this tool: device/agent/agent.rs, and its modules beside it.</summary>
internal static class AgentSource
{
    public const string Root = "agent.rs";

    private const string Folder = "agent/";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Sources =
        new(() => CarriedFile.NamesIn(Folder).ToDictionary(name => name, name => CarriedFile.Text(Folder + name)));

    /// <summary>The files by their names, to be compiled in one folder.</summary>
    public static IReadOnlyDictionary<string, string> Files => Sources.Value;

    /// <summary>
    /// Names one agent: 16 hexadecimal digits over source and target. Whichever rustc compiles it, it does the same; so the
    /// compiler has no part in the name, and need not be asked for its version to know that the device has the agent already.
    /// </summary>
    public static string Build(string target) => NameHash.Of(string.Concat(Files.Values) + "\0" + target);
}
