using Ferry.Remote.Ssh;

namespace Ferry.Tests.Ssh;

public class SshAddressTests
{
    [Theory]
    [InlineData("pi4", null, "pi4", null)]
    [InlineData("pi@pi4", "pi", "pi4", null)]
    [InlineData("pi@192.168.1.40:2222", "pi", "192.168.1.40", 2222)]
    [InlineData("me@corp@host", "me@corp", "host", null)]
    [InlineData("::1", null, "::1", null)]
    [InlineData("root@fe80::1%eth0", "root", "fe80::1%eth0", null)]
    [InlineData("[::1]", null, "::1", null)]
    [InlineData("root@[::1]:22", "root", "::1", 22)]
    public void An_address_has_a_user_a_host_and_a_port(string text, string? user, string host, int? port) =>
        SshAddress.Parse(text).ShouldBe(new SshAddress(user, host, port));

    [Theory]
    [InlineData("pi@pi4")]
    [InlineData("pi4:2222")]
    [InlineData("root@[::1]:22")]
    [InlineData("::1")]
    public void It_is_written_as_it_was_read(string text) => SshAddress.Parse(text).ToString().ShouldBe(text);

    [Theory]
    [InlineData("pi4:2222", "[pi4]:2222")]
    [InlineData("pi@pi4:22", "pi4")]
    public void Its_name_in_known_hosts_is_that_of_ssh(string text, string name) => SshAddress.Parse(text).KnownHostsName.ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("pi@")]
    [InlineData("@host")]
    [InlineData("-oProxyCommand=id")]
    [InlineData("-l@host")]
    [InlineData("pi@-oProxyCommand=id")]
    [InlineData("[-oProxyCommand=id]:22")]
    [InlineData("host name")]
    [InlineData("host\nname")]
    [InlineData("host\u0007")]
    [InlineData("$(id)")]
    [InlineData("`id`")]
    [InlineData("a;id")]
    [InlineData("a|id@host")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:")]
    [InlineData("host:-1")]
    [InlineData("host: 22")]
    [InlineData("[::1")]
    [InlineData("[::1]22")]
    public void What_ssh_could_take_for_more_than_a_name_is_wrong_usage(string text)
    {
        var refused = Should.Throw<FerryException>(() => SshAddress.Parse(text));

        refused.Exit.ShouldBe(ExitCode.WrongUsage);
        refused.Message.ShouldNotContain('\a');
    }

    [Fact]
    public void Options_end_before_the_address()
    {
        var arguments = SshOptions.Channel(new SshAddress("pi", "-oProxyCommand=id", 2222), "/s", multiplexed: true, "sh");

        arguments[^5..].ShouldBe(["-p", "2222", "--", "pi@-oProxyCommand=id", "sh"]);
    }

    [Fact]
    public void Nothing_that_Ferry_says_touches_host_keys()
    {
        var address = SshAddress.Parse("pi4");
        string[] all = [.. SshOptions.Channel(address, "/s", true, "sh"), .. SshOptions.Master(address, "/s", "/l"), .. SshOptions.Master(address, null, "/l")];

        all.ShouldNotContain(o => o.Contains("HostKey", StringComparison.OrdinalIgnoreCase) || o.Contains("KnownHosts", StringComparison.OrdinalIgnoreCase));
    }
}
