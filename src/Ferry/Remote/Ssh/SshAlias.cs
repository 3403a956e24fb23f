using Ferry.Processes;

namespace Ferry.Remote.Ssh;

/// <summary>Whether ssh's own configuration gives a word a host name of its own (<c>Host bench</c>, <c>HostName 10.0.0.7</c>).</summary>
internal static class SshAlias
{
    public static bool Exists(string word) =>
        Tool.Run(SshOptions.Program, ["-G", "-T", .. SshOptions.Destination(SshAddress.Parse(word))]) is { Succeeded: true } answer
        && answer.Output.Split('\n').Any(line => line.StartsWith("hostname ", StringComparison.Ordinal) && !line.AsSpan("hostname ".Length).Trim().Equals(word, StringComparison.OrdinalIgnoreCase));
}
