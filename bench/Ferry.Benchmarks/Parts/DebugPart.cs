using System.Text.RegularExpressions;
using Ferry.Benchmarks.Programs;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Parts;

/// <summary>From the command to gdb's first prompt at main: an unchanged debug build, whose libraries and program the board has, over both ways.</summary>
internal static partial class DebugPart
{
    public const string Template = "scp, ssh -L, gdbserver, gdb";
    public const string NothingSent = "the same, nothing sent";
    public const string Ours = "ferry debug";

    private const string Prompt = "the prompt is here";

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(40);

    public static void Measure(Site site, Options options, Results results)
    {
        var ferry = new FerryHere(site);
        EditPart.Prepare(site, ferry);
        Site.Shell("tests/lab/debuggers");
        var program = RealProgram.All[0];
        Site.Shell("tests/lab/programs");
        var package = Versions.PackageOf(site, program);
        foreach (var (what, way) in new[] { ("open link", site.Open), ("shaped link", site.Shaped) })
        {
            Site.Say($"debug: {what}");
            var rivals = Rivals(site, ferry, way, package);
            foreach (var (who, command) in rivals)
            {
                // The board has the program before the one that does not send it starts; and what is kept is there.
                Checked(who, command.Run());
            }

            for (var round = 0; round < options.Rounds; round++)
            {
                foreach (var (who, command) in rivals.Skip(round % rivals.Count).Concat(rivals.Take(round % rivals.Count)))
                {
                    if ((results.Find("debug", site.Board, what, who, "ms")?.Values.Sum() ?? 0) < Budget.TotalMilliseconds)
                    {
                        Note(site, way, what, who, command, results);
                    }
                }
            }
        }

        site.Open.Ssh($"rm -f {DebugRival.Place}").Run();
    }

    private static void Note(Site site, Way way, string what, string who, Command command, Results results)
    {
        var (there, back) = way.Bytes();
        var timed = Checked(who, command.Run());
        var (thereNow, backNow) = way.Bytes();
        Site.Say($"  {timed.FirstByte.TotalMilliseconds:0} ms: {who}");
        results.Append("debug", site.Board, what, who, "ms", timed.FirstByte.TotalMilliseconds);
        results.Append("debug", site.Board, what, who, "bytes", thereNow - there + backNow - back);
    }

    private static List<(string Who, Command Command)> Rivals(Site site, FerryHere ferry, Way way, string package)
    {
        // What the user would type at the prompt comes from a file, so that the first thing is seen at once, and the session ends.
        var script = Path.Combine(site.Work, "prompt.gdb");
        File.WriteAllText(script, $"echo {Prompt}\\n\nset confirm off\nquit\n");
        var here = ferry.Call(way, package, "debug", "--on", site.Board, "--bin", "rg", "--debugger", "gdb-multiarch", "--command", script, "--", "--type-list");
        here = here with { Environment = new Dictionary<string, string?>(here.Environment) { ["CARGO_HOME"] = Path.Combine(Site.Lab, "programs", "cargo-home") } };
        var given = ferry.GivenToCargo(way, package, "build", "--on", site.Board).Where(pair => pair.Key.StartsWith("CARGO_TARGET_", StringComparison.Ordinal));
        var rival = new DebugRival(site, way, new(here.Environment.Concat(given.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value))).DistinctBy(pair => pair.Key)), package, script);
        return [.. new[] { (Template, rival.Session(sends: true)), (NothingSent, rival.Session(sends: false)), (Ours, here) }.Select(one => (one.Item1, one.Item2 with { Until = Prompt }))];
    }

    private static Timed Checked(string who, Timed timed) =>
        AtMain().IsMatch(timed.Output) ? timed : throw new BenchException($"{who} did not stop at main\n{timed.Output}{timed.Errors}");

    [GeneratedRegex(@"breakpoint 1, (rg::main \(\) at|main \(\)|.* main )", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AtMain();
}
