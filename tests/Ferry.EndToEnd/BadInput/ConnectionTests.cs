using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.BadInput;

/// <summary>Devices that cannot be reached, or refuse us, or are of no use: exit 3 (125 from run), and nothing is kept of them.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConnectionTests(LoopbackDevice device) : IClassFixture<LoopbackDevice>
{
    private FerryTool Ferry => device.Ferry;

    [Fact]
    public void A_host_that_does_not_resolve() =>
        Refused(device.Sshd.AddHost("unresolved", configuration: "HostName no-such-host.invalid"), "error: cannot find 'unresolved'", "cause: ssh: Could not resolve hostname no-such-host.invalid: ");

    [Fact]
    public void A_port_where_nobody_listens()
    {
        var port = ClosedPort();
        Refused($"127.0.0.1:{port}", $"error: cannot reach '127.0.0.1:{port}'", $"cause: ssh: connect to host 127.0.0.1 port {port}: Connection refused");
    }

    [Fact]
    public void A_key_that_the_device_does_not_know() =>
        Refused("nobody@" + device.Sshd.AddHost("stranger", allowed: false), "error: 'nobody@stranger' does not let us in", "cause: nobody@127.0.0.1: Permission denied (publickey).");

    [Fact]
    public void A_changed_host_key_is_never_accepted()
    {
        var known = device.Sshd.PathOf("changed_known_hosts");
        var before = File.ReadAllText(known);
        Refused(device.Sshd.AddHost("changed", configuration: $"UserKnownHostsFile {known}"), "error: the host key of 'changed' is not the one that is known here", $"cause: Offending ED25519 key in {known}:1");
        File.ReadAllText(known).ShouldBe(before);
    }

    [Fact]
    public void An_unknown_host_key_is_not_accepted_for_a_user_who_cannot_be_asked()
    {
        var known = device.Sshd.PathOf("no_known_hosts");
        Refused(device.Sshd.AddHost("unknown", configuration: $"UserKnownHostsFile {known}"), "error: the host key of 'unknown' has not been accepted here", "cause: Host key verification failed.");
        File.Exists(known).ShouldBeFalse();
    }

    [Fact]
    public void A_user_without_a_shell() =>
        Refused(device.Sshd.AddHost("nologin", forced: "/usr/sbin/nologin"), "error: 'nologin' gives this user no shell", "cause: This account is currently not available.");

    [Fact]
    public void A_machine_that_Ferry_has_no_target_for()
    {
        // The beginning of /bin/sh as a POWER device would show it; all else of the report is this machine's.
        var script = device.Sshd.PathOf("like-power");
        File.WriteAllText(script, """sh -c "$SSH_ORIGINAL_COMMAND" | sed 's/^\(elf=[^ ]* 7f454c4602.\{26\}\)3e00/\11500/'""");
        var power = device.Sshd.AddHost("power", forced: "sh " + script);
        var result = Ferry.Run("device", "add", "power", power).ShouldExitWith(1);
        result.Errors.ShouldEndWith("error: ferry has no Rust target for 64-bit little-endian powerpc64 programs\ncause: /bin/sh on the device is such a program\nhelp:  see what there is: ferry targets\n");
        Ferry.Run("device", "show", "power").ShouldExitWith(2);
    }

    [Fact]
    public void What_is_refused_once_can_be_added_once_it_is_mended()
    {
        var name = device.Sshd.AddHost("mended", device.Command, configuration: $"Port {ClosedPort()}");
        Refused(name, "error: cannot reach 'mended'", "Connection refused");
        File.WriteAllLines(device.Sshd.PathOf("hosts/mended.conf"), File.ReadAllLines(device.Sshd.PathOf("hosts/mended.conf")).Where(line => !line.StartsWith("Port ", StringComparison.Ordinal)));
        Ferry.Run("device", "add", name, name).ShouldExitWith(0);
        Ferry.Run("device", "remove", name).ShouldExitWith(0);
    }

    private void Refused(string address, string error, string cause)
    {
        var add = Ferry.Run("device", "add", "x", address).ShouldExitWith(3);
        add.Output.ShouldBeEmpty();
        add.Errors.ShouldContain($"\n{error}\ncause: {(cause.StartsWith("cause: ", StringComparison.Ordinal) ? cause["cause: ".Length..] : "")}");
        add.Errors.ShouldContain(cause);
        add.Errors.TrimEnd().Split('\n')[^1].ShouldStartWith("help:  ");
        Ferry.Run("device", "show", "x").ShouldExitWith(2);

        var run = Ferry.RunIn(device.Project.Folder, "run", "--on", address).ShouldExitWith(125);
        run.Errors.ShouldContain(error);
        run.Errors.ShouldContain(cause);
    }

    private static int ClosedPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
