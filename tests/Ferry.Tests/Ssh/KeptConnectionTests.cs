using System.Diagnostics;
using System.Runtime.Versioning;
using Ferry.Lab;
using Ferry.Remote.Ssh;

namespace Ferry.Tests.Ssh;

[UnsupportedOSPlatform("windows")]
public class KeptConnectionTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly LoopbackSshd Sshd = LoopbackSshd.Shared;

    [Fact]
    public void What_is_kept_open_is_known_with_its_address_and_answers()
    {
        var host = Sshd.AddHost("kept");
        Find(host).ShouldBeNull();
        var before = DateTime.Now.AddSeconds(-2);

        SshChannelTests.Connect(host);

        var kept = Find(host)!;
        kept.IsOwn.ShouldBeTrue();
        kept.IsAlive.ShouldBeTrue();
        kept.Since.ShouldBeInRange(before, DateTime.Now);
        kept.Ask(Patience).ShouldNotBeNull();
        Sshd.Handshakes(host).ShouldBe(1, Sshd.Log);
    }

    [Fact]
    public void Channels_are_counted_while_they_are_open()
    {
        var host = Sshd.AddHost("counted");
        var master = SshChannelTests.Connect(host);
        Find(host)!.ChannelsInUse.ShouldBe(0);

        var (one, two) = (master.Open("cat"), master.Open("cat"));
        Find(host)!.ChannelsInUse.ShouldBe(2);
        Find(host)!.Ask(Patience).ShouldNotBeNull();

        one.Dispose();
        Find(host)!.ChannelsInUse.ShouldBe(1);
        two.Dispose();
        Find(host)!.ChannelsInUse.ShouldBe(0);
    }

    [Fact]
    public void One_that_was_closed_is_gone_and_the_next_command_makes_another()
    {
        var host = Sshd.AddHost("closed");
        SshChannelTests.Connect(host);
        var socket = Find(host)!.Place.Socket;

        Find(host)!.Close().ShouldBeTrue();

        Find(host).ShouldBeNull();
        File.Exists(socket).ShouldBeFalse();
        RemoteScript.Run(SshChannelTests.Connect(host), "true").ExitCode.ShouldBe(0);
        Sshd.Handshakes(host).ShouldBe(2, Sshd.Log);
    }

    [Fact]
    public void What_a_killed_master_has_left_is_told_from_one_that_lives()
    {
        var host = Sshd.AddHost("dead");
        SshChannelTests.Connect(host);
        SshChannelTests.Kill(SshChannelTests.MasterOf(host));

        var kept = Find(host)!;
        kept.IsAlive.ShouldBeFalse();
        kept.Close().ShouldBeTrue();

        Find(host).ShouldBeNull();
        File.Exists(kept.Place.Socket).ShouldBeFalse();
    }

    [Fact]
    public void The_users_own_is_known_as_theirs()
    {
        var socket = Sshd.PathOf("theirs.sock");
        var host = Sshd.AddHost("theirs", configuration: ["ControlMaster auto", $"ControlPath {socket}", "ControlPersist 60"]);
        RemoteScript.Run(SshChannelTests.Connect(host), "true").ExitCode.ShouldBe(0);

        var kept = Find(host)!;

        kept.IsOwn.ShouldBeFalse();
        kept.Place.Socket.ShouldBe(socket);
        kept.Ask(Patience).ShouldNotBeNull();
    }

    [Fact]
    public void A_device_that_does_not_answer_is_not_waited_for()
    {
        var host = Sshd.AddHost("mute", "exec sleep 60");
        SshChannelTests.Connect(host);
        var clock = Stopwatch.StartNew();

        Find(host)!.Ask(TimeSpan.FromMilliseconds(300)).ShouldBeNull();

        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    private static KeptConnection? Find(string host) => KeptConnection.All().SingleOrDefault(connection => connection.Address == SshAddress.Parse(host));
}
