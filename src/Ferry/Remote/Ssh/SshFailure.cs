namespace Ferry.Remote.Ssh;

/// <summary>
/// Why ssh did not do it, from its own words. One table, first match wins; what no row knows is shown as ssh said it. ssh's 255 may also be the remote
/// command's own code: ask only when no answer of ours has come.
/// </summary>
internal static class SshFailure
{
    private sealed record Row(string Seen, string Message, string? Help, string? Cause = null);

    // {0} is the address as the user wrote it, {1} a call of ssh, {2} the name in known_hosts.
    private static readonly Row[] Table =
    [
        new("REMOTE HOST IDENTIFICATION HAS CHANGED", "the host key of '{0}' is not the one that is known here",
            "was the device set up anew? compare fingerprints on its console (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub), and only if they agree: ssh-keygen -R {2}", "Offending "),
        new("Host key verification failed", "the host key of '{0}' has not been accepted here",
            "look at the fingerprint and accept it yourself, once, in a terminal: {1}", "host key is known"),
        new("Could not resolve hostname", "cannot find '{0}'", "is the name right, and the device on this network? try its IP address"),
        new("Connection refused", "cannot reach '{0}'", "is sshd running on the device, and on this port?"),
        new("No route to host", "cannot reach '{0}'", "is the device on, and on this network?"),
        new("Network is unreachable", "cannot reach '{0}'", "is this PC on the device's network?"),
        new("timed out", "no answer from '{0}'", "is the device on, and the address right?"),
        new("refused by peer", "'{0}' takes no more sessions", "how many does its sshd allow? MaxSessions in /etc/ssh/sshd_config"),
        new("Permission denied (", "'{0}' does not let us in", "which user and key does it want? make this work first: {1}"),
        new("Too many authentication failures", "'{0}' does not let us in", "name the key for this host in ~/.ssh/config: IdentityFile and IdentitiesOnly yes"),
        new("Bad configuration option", "ssh does not understand its configuration", "make this work first: {1}"),
        new("Bad owner or permissions on", "ssh does not trust its configuration", "make this work first: {1}"),
        new("This account is currently not available", "'{0}' gives this user no shell", "choose another user, or give this one a shell on the device"),
        new("nologin", "'{0}' gives this user no shell", "choose another user, or give this one a shell on the device"),
        new("not responding", "lost the connection to '{0}'", null),
        new("Broken pipe", "lost the connection to '{0}'", null),
        new("Connection reset", "'{0}' closed the connection", "what does its log say? on the device: journalctl -u ssh"),
        new("Connection closed", "'{0}' closed the connection", "what does its log say? on the device: journalctl -u ssh"),
        new("closed by remote host", "'{0}' closed the connection", "what does its log say? on the device: journalctl -u ssh"),
        new("not found", "'{0}' lacks a command that Ferry needs there", null),
        new("No such file or directory", "'{0}' lacks a file that Ferry needs there", null),
    ];

    /// <summary><paramref name="words"/> is what came on stderr, and on stdout when nothing of ours was in it.</summary>
    public static FerryException From(SshAddress address, int exitCode, string words)
    {
        var lines = Observed.Lines(words);
        var row = Table.FirstOrDefault(r => lines.Any(line => line.Contains(r.Seen, StringComparison.OrdinalIgnoreCase)));
        var cause = row is null ? lines.LastOrDefault()
            : lines.LastOrDefault(line => row.Cause is not null && line.Contains(row.Cause)) ?? lines.First(line => line.Contains(row.Seen, StringComparison.OrdinalIgnoreCase));
        return new FerryException(
            Fill(row?.Message ?? "ssh to '{0}' failed"),
            cause ?? $"ssh ended with exit code {exitCode} and said nothing",
            row is null ? Fill("make this work first: {1}") : row.Help is null ? null : Fill(row.Help),
            ExitCode.DeviceUnreachable);

        string Fill(string text) => string.Format(null, text, address, TypedBySelf(address), ShellQuote.Posix(KnownName(lines) ?? address.KnownHostsName));
    }

    private static string TypedBySelf(SshAddress address) =>
        address.Port is { } port ? $"ssh -p {port} {address.Destination}" : $"ssh {address.Destination}";

    /// <summary>An alias is not what known_hosts holds, but ssh says: "Host key for [10.0.0.1]:2222 has changed and you have requested strict checking."</summary>
    private static string? KnownName(string[] lines)
    {
        const string Before = "Host key for ", After = " has changed";
        var line = lines.FirstOrDefault(line => line.StartsWith(Before, StringComparison.Ordinal) && line.Contains(After));
        return line?[Before.Length..line.IndexOf(After, StringComparison.Ordinal)];
    }
}
