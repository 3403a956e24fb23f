using Ferry.Benchmarks.Programs;

namespace Ferry.Benchmarks.Parts;

/// <summary>Many calls of a test program, as cargo-nextest makes them, in turns with plain ssh through a master.</summary>
internal static class CallsPart
{
    public const string What = "a test program";
    public const string Bare = "ssh, master";
    public const string Runner = "Ferry as the runner";
    private const string There = Site.There + "/test";

    public static void Measure(Site site, Options options, Results results)
    {
        var ferry = new FerryHere(site);
        ferry.Add(site.Open);
        var test = Hello.BuildTest(site, ferry);
        site.Open.Put(test, There);
        string[] arguments = ["--exact", "a::test", "--nocapture"];
        (string Who, Command Command)[] both =
        [
            (Bare, site.Open.Ssh($"./{There} {string.Join(' ', arguments)}")),
            (Runner, ferry.Run(site.Open, Hello.Package(site), test, arguments)),
        ];
        both[1].Command.Run();
        Site.Say($"calls: {options.Calls} of each");
        for (var call = 0; call < options.Calls; call++)
        {
            foreach (var (who, command) in both)
            {
                results.Append("calls", site.Board, What, who, "ms", command.Run().Whole.TotalMilliseconds);
            }
        }
    }
}
