using Ferry.Benchmarks.Programs;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Parts;

/// <summary>What Ferry adds to a run of a program that has not changed, over both ways.</summary>
internal static class UnchangedPart
{
    private const string There = Site.Large + "/hello";

    public const string Bare = "bare ssh, master";
    public const string Runner = "Ferry as the runner";
    public const string WithCargo = "ferry run";
    public const string Cargo = "cargo's own no-op build";
    public const string UntilCargo = "ferry run until cargo builds";

    public static void Measure(Site site, Options options, Results results)
    {
        var ferry = new FerryHere(site);
        EditPart.Prepare(site, ferry);
        var hello = Hello.Build(site, ferry);
        foreach (var (what, way) in new[] { ("open link", site.Open), ("shaped link", site.Shaped) })
        {
            Site.Say($"unchanged: {what}");
            foreach (var (who, command) in Rivals(site, ferry, way, hello))
            {
                command.Run();
            }

            var rivals = Rivals(site, ferry, way, hello);
            for (var round = 0; round < 4 * options.Rounds + 1; round++)
            {
                foreach (var (who, command) in rivals.Skip(round % rivals.Count).Concat(rivals.Take(round % rivals.Count)))
                {
                    var (there, back) = way.Bytes();
                    results.Append("unchanged", site.Board, what, who, "ms", command.Run().Whole.TotalMilliseconds);
                    var (thereNow, backNow) = way.Bytes();
                    results.Append("unchanged", site.Board, what, who, "bytes", thereNow - there + backNow - back);
                }
            }
        }
    }

    private static List<(string Who, Command Command)> Rivals(Site site, FerryHere ferry, Way way, string hello)
    {
        var package = Hello.Package(site);
        site.Open.Put(hello, There);
        var here = ferry.Call(way, package, "run", "--on", site.Board, "--release");
        var rsync = new Rival("", There, Stripped: false, Master: true, Rival.All.First(rival => rival.Name == "rsync -z, master").Copy);
        way.StartMaster();
        return
        [
            (Bare, way.Ssh(There)),
            ("rsync -z, master", rsync.Run(way, site.Board, hello, [])),
            (Runner, ferry.Run(way, package, hello)),
            (WithCargo, here),
            (Cargo, new Command("cargo", "build", "-q", "--release") { Folder = package, Environment = ferry.Surroundings() }),
            (UntilCargo, here with { Environment = new Dictionary<string, string?>(here.Environment) { ["CARGO"] = ferry.Stub("cargo-nothing", "exit 0") } }),
        ];
    }
}
