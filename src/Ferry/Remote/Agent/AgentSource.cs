using Ferry.Settings;

namespace Ferry.Remote.Agent;

/// <summary>device/agent.rs, which travels inside this tool.</summary>
internal static class AgentSource
{
    private static readonly Lazy<string> Source = new(() => CarriedFile.Text("agent.rs"));

    public static string Text => Source.Value;

    /// <summary>
    /// Names one agent: 16 hexadecimal digits over source and target. Whichever rustc compiles it, it does the same; so the
    /// compiler has no part in the name, and need not be asked for its version to know that the device has the agent already.
    /// </summary>
    public static string Build(string target) => NameHash.Of(Text + "\0" + target);
}
