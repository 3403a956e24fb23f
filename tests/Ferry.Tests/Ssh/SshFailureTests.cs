using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Ferry.Lab;
using Ferry.Remote.Ssh;

namespace Ferry.Tests.Ssh;

[UnsupportedOSPlatform("windows")]
public class SshFailureTests
{
    private static readonly LoopbackSshd Sshd = LoopbackSshd.Shared;

    [Fact]
    public void A_host_that_does_not_resolve()
    {
        var failure = Fail(Sshd.AddHost("unresolved", configuration: "HostName no-such-host.invalid"));

        failure.Message.ShouldBe("cannot find 'unresolved'");
        failure.Cause!.ShouldContain("Could not resolve hostname no-such-host.invalid");
    }

    [Fact]
    public void A_port_where_nobody_listens()
    {
        var failure = Fail(Sshd.AddHost("refused", configuration: $"Port {ClosedPort()}"));

        failure.Message.ShouldBe("cannot reach 'refused'");
        failure.Cause!.ShouldMatch("^ssh: connect to host 127.0.0.1 port \\d+: Connection refused$");
    }

    [Fact]
    public void A_key_that_the_device_does_not_know()
    {
        var failure = Fail("pi@" + Sshd.AddHost("stranger", allowed: false));

        failure.Message.ShouldBe("'pi@stranger' does not let us in");
        failure.Cause.ShouldBe("pi@127.0.0.1: Permission denied (publickey).");
        failure.Help.ShouldBe("which user and key does it want? make this work first: ssh pi@stranger");
    }

    [Fact]
    public void A_changed_host_key_is_never_accepted()
    {
        var known = Sshd.PathOf("changed_known_hosts");
        var before = File.ReadAllText(known);
        var failure = Fail(Sshd.AddHost("changed", configuration: $"UserKnownHostsFile {known}"));

        failure.Message.ShouldBe("the host key of 'changed' is not the one that is known here");
        failure.Cause!.ShouldContain($"Offending ED25519 key in {known}:1");
        failure.Help!.ShouldEndWith($"only if they agree: ssh-keygen -R '[127.0.0.1]:{Sshd.Port}'");
        File.ReadAllText(known).ShouldBe(before);
    }

    [Fact]
    public void An_unknown_host_key_is_not_accepted_when_nobody_can_be_asked()
    {
        var known = Sshd.PathOf("no_known_hosts");
        var result = StandIn.PlayWithoutTerminal("script", [Sshd.AddHost("unknown", configuration: $"UserKnownHostsFile {known}"), "true"]);

        result.ShouldExitWith(ExitCode.DeviceUnreachable).Errors.ShouldBe(
            "the host key of 'unknown' has not been accepted here|Host key verification failed.|look at the fingerprint and accept it yourself, once, in a terminal: ssh unknown\n");
        File.Exists(known).ShouldBeFalse();
    }

    [Fact]
    public void Strict_checking_names_the_key_that_is_missing()
    {
        var failure = Fail(Sshd.AddHost("strict", configuration: ["UserKnownHostsFile /dev/null", "StrictHostKeyChecking yes"]));

        failure.Message.ShouldBe("the host key of 'strict' has not been accepted here");
        failure.Cause!.ShouldStartWith("No ED25519 host key is known for ");
    }

    [Fact]
    public void Somebody_who_hangs_up_at_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = HangUpAsync(listener);

        var failure = Fail(Sshd.AddHost("hangs-up", configuration: $"Port {((IPEndPoint)listener.LocalEndpoint).Port}"));

        failure.Message.ShouldBe("'hangs-up' closed the connection");
        failure.Cause!.ShouldMatch("^kex_exchange_identification: |^Connection (closed|reset) by 127.0.0.1");
    }

    [Fact]
    public void An_account_without_a_shell()
    {
        var failure = Fail(Sshd.AddHost("nologin", forced: "/usr/sbin/nologin"));

        failure.Message.ShouldBe("'nologin' gives this user no shell");
        failure.Cause.ShouldBe("This account is currently not available.");
    }

    [Fact]
    public void A_device_without_sh()
    {
        var failure = Fail(Sshd.AddHost("no-sh", forced: "sh-that-is-not-there"));

        failure.Message.ShouldBe("'no-sh' lacks a command that Ferry needs there");
        failure.Cause!.ShouldContain("sh-that-is-not-there: command not found");
    }

    [Fact]
    public void A_configuration_that_ssh_does_not_understand()
    {
        using var folder = new TemporaryFolder();
        var (program, configuration) = (folder["ssh"], folder["config"]);
        File.WriteAllText(configuration, "Nonsense yes\n");
        File.WriteAllText(program, $"#!/bin/sh\nexec ssh -F {configuration} \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var result = StandIn.Play("script", ["somewhere", "true"], [new("FERRY_SSH", program), new("XDG_RUNTIME_DIR", folder.Path)]);

        result.ShouldExitWith(ExitCode.DeviceUnreachable).Errors.ShouldStartWith($"ssh does not understand its configuration|{configuration}: line 1: Bad configuration option: nonsense|");
    }

    [Fact]
    public void A_missing_ssh_is_a_missing_tool() =>
        StandIn.Play("script", ["lab", "true"], [new("FERRY_SSH", "no-such-ssh")]).ShouldExitWith(ExitCode.ToolMissing).Errors.ShouldStartWith("cannot start 'no-such-ssh'|");

    [Fact]
    public void A_shell_that_dies_halfway_is_not_taken_for_an_end()
    {
        var failure = Should.Throw<FerryException>(() => RemoteScript.Run(SshChannelTests.Connect(Sshd.Host), "echo half\nkill -9 $$\necho whole"));

        failure.Exit.ShouldBe(ExitCode.DeviceUnreachable);
    }

    [Fact]
    public void A_connection_that_is_cut_while_a_script_runs()
    {
        // The shell's parent is the sshd of this connection.
        var failure = Should.Throw<FerryException>(() => RemoteScript.Run(SshChannelTests.Connect(Sshd.AddHost("cut")), "echo half\nsleep 1\nkill -9 $PPID\nsleep 5"));

        failure.Exit.ShouldBe(ExitCode.DeviceUnreachable);
        failure.Message.ShouldBe("the answer of 'cut' ended halfway");
    }

    [Fact]
    public void A_script_that_does_not_end_is_given_up()
    {
        var failure = Should.Throw<FerryException>(() => RemoteScript.Run(SshChannelTests.Connect(Sshd.Host), "sleep 50", TimeSpan.FromSeconds(1)));

        failure.Message.ShouldBe("no answer from 'lab'");
        failure.Cause.ShouldBe("nothing came within 1 seconds");
    }

    [Theory]
    [InlineData("ssh: connect to host 10.9.9.9 port 22: No route to host", "cannot reach 'pi4'")]
    [InlineData("ssh: connect to host 10.9.9.9 port 22: Network is unreachable", "cannot reach 'pi4'")]
    [InlineData("ssh: connect to host 10.9.9.9 port 22: Connection timed out", "no answer from 'pi4'")]
    [InlineData("ssh: connect to host 10.9.9.9 port 22: Operation timed out", "no answer from 'pi4'")]
    [InlineData("Timeout, server 10.9.9.9 not responding.", "lost the connection to 'pi4'")]
    [InlineData("client_loop: send disconnect: Broken pipe", "lost the connection to 'pi4'")]
    [InlineData("Received disconnect from 10.9.9.9 port 22:2: Too many authentication failures\r\nDisconnected from 10.9.9.9 port 22", "'pi4' does not let us in")]
    [InlineData("mux_client_request_session: session request failed: Session open refused by peer", "'pi4' takes no more sessions")]
    [InlineData("something never seen before", "ssh to 'pi4' failed")]
    public void What_cannot_be_tried_here_is_known_by_its_words(string words, string message)
    {
        var failure = SshFailure.From(SshAddress.Parse("pi4"), 255, "a warning before\n" + words + "\r\n");

        failure.Message.ShouldBe(message);
        failure.Cause.ShouldBe(words.Split("\r\n")[0]);
        failure.Exit.ShouldBe(ExitCode.DeviceUnreachable);
    }

    [Fact]
    public void An_ssh_that_says_nothing_is_said_to_say_nothing() =>
        SshFailure.From(SshAddress.Parse("pi4"), 255, "").Cause.ShouldBe("ssh ended with exit code 255 and said nothing");

    [Fact]
    public void Control_characters_from_the_device_are_not_passed_on() =>
        SshFailure.From(SshAddress.Parse("pi4"), 255, "evil \u001b[2J words").Cause.ShouldBe("evil ?[2J words");

    internal static FerryException Fail(string address)
    {
        var failure = Should.Throw<FerryException>(() => RemoteScript.Run(SshChannelTests.Connect(address), "echo not to be seen"));
        failure.Exit.ShouldBe(ExitCode.DeviceUnreachable);
        return failure;
    }

    private static int ClosedPort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static async Task HangUpAsync(TcpListener listener)
    {
        using var client = await listener.AcceptSocketAsync();
        client.Close();
    }
}
