using Ferry.Benchmarks.Links;

namespace Ferry.EndToEnd.Benchmarks;

/// <summary>The link of the benchmarks is what it says: never faster, and not a byte miscounted. How much slower it is, depends on the machine.</summary>
public class RelayTests
{
    private const int Bytes = 300_017;

    [Fact]
    public void It_counts_each_byte_and_lets_none_through_sooner_than_its_rate()
    {
        var (there, back, toThere, toHere) = LinkCheck.Carry(LinkRate.Shaped, Bytes);
        there.ShouldBe(Bytes);
        back.ShouldBe(Bytes);
        var least = TimeSpan.FromSeconds(Bytes * 8.0 / LinkRate.Shaped.BitsPerSecond) + 2 * LinkRate.Shaped.Delay;
        toThere.ShouldBeGreaterThanOrEqualTo(least);
        toHere.ShouldBeGreaterThanOrEqualTo(least);
    }

    [Fact]
    public void A_byte_is_not_back_before_both_delays_are_over() =>
        LinkCheck.RoundTrip(LinkRate.Shaped, 5).ShouldBeGreaterThanOrEqualTo(2 * LinkRate.Shaped.Delay);

    [Fact]
    public void An_open_one_counts_alike()
    {
        var (there, back, _, _) = LinkCheck.Carry(LinkRate.Open, Bytes);
        there.ShouldBe(Bytes);
        back.ShouldBe(Bytes);
    }

    [Fact]
    public void Connections_share_the_line()
    {
        var line = new Line(LinkRate.Shaped);
        var first = line.Take(12_500_000); // ten seconds of it
        var second = line.Take(12_500_000);
        (second.Sent - first.Sent).ShouldBe(10 * System.Diagnostics.Stopwatch.Frequency);
        (second.Arrives - second.Sent).ShouldBe(System.Diagnostics.Stopwatch.Frequency / 100);
    }
}
