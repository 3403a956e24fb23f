using System.Net;
using System.Net.Sockets;
using Ferry.Debugging;

namespace Ferry.Tests.Debugging;

public sealed class LoopbackUsersTests
{
    private const string Listener = "   0: 0100007F:0929 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000000000000000 100 0 0 10 0";
    private const string Accepted = "   1: 0100007F:0929 0100007F:C001 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0000000000000000 20 4 30 10 -1";

    [Theory]
    [InlineData("1000", true)]
    [InlineData("1001", false)]
    [InlineData("0", false)]
    public void Whose_the_other_end_is_stands_in_its_row(string user, bool isOurs)
    {
        string[] rows = ["  sl  local_address rem_address   st", Listener, Accepted, $"   2: 0100007F:C001 0100007F:0929 01 00000000:00000000 00:00000000 00000000  {user}        0 4713"];

        LoopbackUsers.MayBeOurs(rows, 0x0929, 0xC001).ShouldBe(isOurs);
        LoopbackUsers.MayBeOurs(rows, 0x0929, 0xC002).ShouldBeTrue();
    }

    [Fact]
    public void A_connection_of_ours_is_ours()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var caller = new TcpClient("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        using var accepted = listener.AcceptSocket();

        LoopbackUsers.MayBeOurs(((IPEndPoint)listener.LocalEndpoint).Port, ((IPEndPoint)accepted.RemoteEndPoint!).Port).ShouldBeTrue();
    }
}
