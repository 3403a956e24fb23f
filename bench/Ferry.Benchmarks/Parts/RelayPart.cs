using Ferry.Benchmarks.Links;

namespace Ferry.Benchmarks.Parts;

/// <summary>Whether the relay is the link that it says it is, and no bottleneck where it is open.</summary>
internal static class RelayPart
{
    private const int Pings = 51;
    private const int ShapedBytes = 2_500_000; // two seconds
    private const int OpenBytes = 200_000_000;

    public static void Measure(Site site, Options options, Results results)
    {
        foreach (var (what, rate, count) in new[] { ("shaped", LinkRate.Shaped, ShapedBytes), ("open", LinkRate.Open, OpenBytes) })
        {
            var (there, back, toThere, toHere) = LinkCheck.Carry(rate, count);
            if (there != count || back != count)
            {
                throw new BenchException($"the {what} relay counted {there} and {back} bytes where {count} passed");
            }

            Add(what, "round trip, ms", LinkCheck.RoundTrip(rate, Pings).TotalMilliseconds);
            Add(what, "there, Mbit/s", count * 8 / toThere.TotalSeconds / 1e6);
            Add(what, "back, Mbit/s", count * 8 / toHere.TotalSeconds / 1e6);
        }

        foreach (var (quantity, wanted) in new[] { ("round trip, ms", 20.0), ("there, Mbit/s", 10), ("back, Mbit/s", 10) })
        {
            var got = results.Median("relay", "-", "shaped", "relay", quantity)!.Value;
            if (Math.Abs(got / wanted - 1) > 0.05)
            {
                Site.Say($"warning: the shaped link is off by more than 5 %: {quantity} is {got:0.##} instead of {wanted}; this machine is too busy");
            }
        }

        void Add(string what, string quantity, double value) => results.Append("relay", "-", what, "relay", quantity, value);
    }
}
