using System.Security.Cryptography;
using Ferry.Lab;
using Ferry.Remote.Cores;
using Ferry.Tests.Probing;

namespace Ferry.Tests.Cores;

/// <summary>Cores that come through a real shell of this PC.</summary>
public sealed class CoreFetchTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LocalDevice device;
    private readonly byte[] core = [.. RandomNumberGenerator.GetBytes(70_001), .. new byte[300_000], .. RandomNumberGenerator.GetBytes(3), .. new byte[131_072]];

    public CoreFetchTests()
    {
        device = new LocalDevice("sh") { Home = folder.Path };
        File.WriteAllBytes(folder["a core"], core);
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_core_comes_as_it_is_for_its_user_alone(bool gzip)
    {
        long told = 0;
        CoreFetch.Run(device.Run, Core("a core"), gzip, folder["came"], unpack: false, (done, _) => told = done);

        File.ReadAllBytes(folder["came"]).ShouldBe(core);
        told.ShouldBeGreaterThanOrEqualTo(core.Length);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(folder["came"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void One_that_is_packed_is_unpacked_there_or_here()
    {
        Run.Process("gzip", ["-k", folder["a core"]]).ShouldExitWith(0);

        CoreFetch.Run(device.Run, Core("a core.gz"), gzip: true, folder["unpacked there"], unpack: true, (_, _) => { });
        File.ReadAllBytes(folder["unpacked there"]).ShouldBe(core);

        CoreFetch.Run(device.Run, Core("a core.gz"), gzip: true, folder["packed.gz"], unpack: false, (_, _) => { });
        File.ReadAllBytes(CorePacking.Unpack(folder["packed.gz"], folder["unpacked here"])).ShouldBe(core);
    }

    [Fact]
    public void Half_a_core_does_not_get_its_name()
    {
        Should.Throw<EndOfStreamException>(() => CoreFetch.Run(script => Cut(device.Run(script)), Core("a core"), gzip: false, folder["half"], unpack: false, (_, _) => { }));
        Should.Throw<InvalidDataException>(() => CoreFetch.Run(device.Run, Core("none"), gzip: false, folder["half"], unpack: false, (_, _) => { })).Message.ShouldBe("the device could not read it (exit code 1)");

        Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).ShouldBe(["a core"]);
    }

    private FoundCore Core(string name) => new(folder[name], DateTimeOffset.UnixEpoch, core.Length, IsReadable: true);

    private static MemoryStream Cut(Stream whole)
    {
        var bytes = new MemoryStream();
        whole.CopyTo(bytes);
        return new MemoryStream(bytes.ToArray()[..^40]);
    }
}
