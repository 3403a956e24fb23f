using System.Security.Cryptography;
using System.Text;

namespace Ferry.Remote.Agent;

/// <summary>device/agent.rs, which travels inside this tool.</summary>
internal static class AgentSource
{
    private static readonly Lazy<string> s_text = new(Load);

    public static string Text => s_text.Value;

    /// <summary>
    /// Names one agent: 16 hexadecimal digits over source and target. Whichever rustc compiles it, it does the same; so the
    /// compiler has no part in the name, and need not be asked for its version to know that the device has the agent already.
    /// </summary>
    public static string Build(string target) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text + "\0" + target)))[..16];

    private static string Load()
    {
        using var stream = typeof(AgentSource).Assembly.GetManifestResourceStream("device/agent.rs")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
