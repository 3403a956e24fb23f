using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.Tests.Ssh;

/// <summary>In a class of its own, since it takes ssh's ten seconds: the others run meanwhile.</summary>
[UnsupportedOSPlatform("windows")]
public class SshTimeoutTests
{
    [Fact]
    public void Somebody_who_never_answers_is_given_up_after_ten_seconds()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var failure = SshFailureTests.Fail(LoopbackSshd.Shared.AddHost("silent", configuration: $"Port {((IPEndPoint)listener.LocalEndpoint).Port}"));

        failure.Message.ShouldBe("no answer from 'silent'");
        failure.Cause.ShouldBe("Connection timed out during banner exchange");
    }
}
