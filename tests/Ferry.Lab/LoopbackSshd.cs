using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Ferry.Lab;

/// <summary>
/// A real sshd on 127.0.0.1 with keys, configuration and known_hosts of its own, for root and for ordinary users. Each host name that a test adds has its own key,
/// so it can have a forced command (another login shell, say), its own ssh configuration, and its own count of handshakes.
/// Ferry reaches them through <see cref="SshProgram"/>, named by FERRY_SSH: ssh itself takes the home folder from passwd, not from HOME.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class LoopbackSshd : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(10);
    private static readonly Lazy<LoopbackSshd> SharedOne = new(StartShared);

    private readonly Dictionary<string, string> fingerprints = [];
    private readonly Lock adding = new();
    private Process? sshd;

    private LoopbackSshd()
    {
        Folder = Directory.CreateTempSubdirectory("ferry-sshd-").FullName;
        Directory.CreateDirectory(PathOf("hosts"));
        SshProgram = PathOf("ssh");
    }

    /// <summary>One for the whole test process, which sees it (and control sockets of its own) through FERRY_SSH and XDG_RUNTIME_DIR.</summary>
    public static LoopbackSshd Shared => SharedOne.Value;

    /// <summary>The host that is there from the start: the user's own login shell, nothing special.</summary>
    public string Host { get; } = "lab";

    public string Folder { get; }

    public int Port { get; private set; }

    /// <summary>A script that is ssh with this sshd's configuration. Goes into FERRY_SSH.</summary>
    public string SshProgram { get; }

    /// <summary>What a process of a test needs to reach the hosts here.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?> { ["FERRY_SSH"] = SshProgram, ["XDG_RUNTIME_DIR"] = Folder };

    /// <summary>sshd's log, for failed tests to show.</summary>
    public string Log => File.Exists(PathOf("log")) ? File.ReadAllText(PathOf("log")) : "";

    public static LoopbackSshd Start()
    {
        var it = new LoopbackSshd();
        it.MakeKeys();
        for (var attempt = 1; !it.TryStart(); attempt++)
        {
            if (attempt == 3)
            {
                throw new InvalidOperationException("sshd does not start:\n" + it.Log);
            }
        }

        it.WriteClient();
        it.AddHost(it.Host);
        return it;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// Makes <paramref name="name"/> a host that ssh reaches. <paramref name="forced"/> runs instead of any command (which is then in $SSH_ORIGINAL_COMMAND);
    /// the lines of <paramref name="configuration"/> come first in its ssh configuration, and so win. Without <paramref name="allowed"/> its key is not known to sshd.
    /// </summary>
    public string AddHost(string name, string? forced = null, bool allowed = true, params string[] configuration)
    {
        lock (adding)
        {
            var key = PathOf("key-" + name);
            KeyGen("-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key);
            fingerprints[name] = KeyGen("-lf", key).Output.Split(' ')[1];
            if (allowed)
            {
                var options = forced is null ? "" : $"command=\"{forced.Replace("\\", @"\\").Replace("\"", "\\\"")}\" ";
                File.AppendAllText(PathOf("authorized_keys"), options + File.ReadAllText(key + ".pub"));
            }

            File.WriteAllLines(PathOf("new"), [$"Host {name}", .. configuration, $"IdentityFile {key}"]);
            File.Move(PathOf("new"), PathOf($"hosts/{name}.conf"));
            return name;
        }
    }

    /// <summary>How often somebody logged in to this host: what goes through a master is no new handshake.</summary>
    public int Handshakes(string host)
    {
        lock (adding)
        {
            return Log.Split('\n').Count(line => line.Contains("Accepted publickey") && line.Contains(fingerprints[host]));
        }
    }

    public void Dispose()
    {
        // The tree: a session's process is a child of the listening one. Masters of ssh end when their connection does.
        sshd?.Kill(entireProcessTree: true);
        sshd?.WaitForExit();
        sshd?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static LoopbackSshd StartShared()
    {
        var it = Start();
        foreach (var (name, value) in it.Environment)
        {
            System.Environment.SetEnvironmentVariable(name, value);
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => it.Dispose();
        return it;
    }

    private void MakeKeys()
    {
        KeyGen("-q", "-t", "ed25519", "-N", "", "-f", PathOf("host_key"));
        KeyGen("-q", "-t", "ed25519", "-N", "", "-f", PathOf("other_host_key"));
        File.WriteAllText(PathOf("authorized_keys"), "");
    }

    private bool TryStart()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        if (System.Environment.UserName == "root")
        {
            // sshd wants it, and only its start script makes it.
            Directory.CreateDirectory("/run/sshd");
        }

        File.WriteAllText(PathOf("sshd_config"), $"""
            ListenAddress 127.0.0.1:{Port}
            HostKey {PathOf("host_key")}
            AuthorizedKeysFile {PathOf("authorized_keys")}
            PidFile none
            UsePAM no
            StrictModes no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            PrintMotd no
            PrintLastLog no
            LogLevel VERBOSE
            MaxSessions 10
            MaxStartups 100
            Subsystem sftp internal-sftp

            """);
        sshd = Process.Start("/usr/sbin/sshd", ["-D", "-f", PathOf("sshd_config"), "-E", PathOf("log")]);
        var clock = Stopwatch.StartNew();
        while (!Log.Contains($"Server listening on 127.0.0.1 port {Port}"))
        {
            if (sshd.WaitForExit(20) || clock.Elapsed > StartLimit)
            {
                return false;
            }
        }

        return true;
    }

    private void WriteClient()
    {
        File.WriteAllText(PathOf("known_hosts"), KnownHost("host_key"));
        File.WriteAllText(PathOf("changed_known_hosts"), KnownHost("other_host_key"));
        File.WriteAllText(PathOf("ssh_config"), $"""
            Include {Folder}/hosts/*.conf
            Host *
              HostName 127.0.0.1
              Port {Port}
              UserKnownHostsFile {PathOf("known_hosts")}
              GlobalKnownHostsFile /dev/null
              StrictHostKeyChecking ask
              IdentitiesOnly yes
              IdentityAgent none

            """);
        File.WriteAllText(SshProgram, $"#!/bin/sh\nexec ssh -F {PathOf("ssh_config")} \"$@\"\n");
        File.SetUnixFileMode(SshProgram, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private string KnownHost(string key) => $"[127.0.0.1]:{Port} {File.ReadAllText(PathOf(key + ".pub"))}";

    private static RunResult KeyGen(params string[] arguments) => Run.Process("ssh-keygen", arguments, timeout: TimeSpan.FromSeconds(20)).ShouldExitWith(0);
}
