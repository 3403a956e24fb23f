using System.Runtime.Versioning;

namespace Ferry.EndToEnd.Transfers;

/// <summary>A link that breaks at any moment: while it is made, while a program goes over it whole or as a patch, while it runs.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CutLinkTests(FreightDevice device) : IClassFixture<FreightDevice>
{
    /// <summary>As many again fall into the conversation with the agent itself: AgentCutTests.</summary>
    private const int Cuts = 100;

    private const int Interrupted = 125;

    /// <summary>What a run takes on the link besides the program: two handshakes at most, a question and an answer.</summary>
    private const int Handshake = 8_000;

    [Fact]
    public void Wherever_the_link_is_cut_nothing_is_lost_and_the_next_try_works()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var (whole, version, cuts) = (0, 0, 0);
        device.Relay.CarryAll();
        device.Run(device.Program("patched", seed)).ShouldExitWith(7);
        for (var round = 0; cuts < Cuts; round++)
        {
            round.ShouldBeLessThan(2 * Cuts, $"seed {seed}: most cuts came too late, {cuts}");
            var (program, verb, upTo) = random.Next(4) switch
            {
                0 => (device.Program("patched", seed, version), "end", Handshake),
                1 => (device.Program("patched", seed, version), "end", Handshake + (FreightDevice.Freight / 6)),
                2 => (device.Program("patched", seed, version), "pour", FreightDevice.Freight / 2),
                _ => (device.Program($"whole-{whole}", seed + 1 + whole), "end", FreightDevice.Freight * 2),
            };
            device.Relay.CutAfter(random.Next(upTo));

            var result = device.Run(program, verb);

            var when = $"seed {seed}, round {round}: {result}";
            if (result.ExitCode == 7)
            {
                // It came through: something else is next.
                (whole, version) = program.Contains("whole", StringComparison.Ordinal) ? (whole + 1, version) : (whole, version + 1);
                continue;
            }

            result.ExitCode.ShouldBe(Interrupted, when);
            result.Errors.ShouldMatch("^error: .+\ncause: .+\n", when);
            cuts++;
        }

        device.Relay.CarryAll();
        device.Run(device.Program("patched", seed, version), "pour").ShouldExitWith(7);
        device.Run(device.Program($"whole-{whole}", seed + 1 + whole)).ShouldExitWith(7);
        device.Relay.Cut();
        device.ShouldBeQuiet();
        device.ShouldBeConsistent($"seed {seed}");
    }
}
