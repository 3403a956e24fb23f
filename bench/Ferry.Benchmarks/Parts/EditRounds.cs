using Ferry.Benchmarks.Programs;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Parts;

/// <summary>The rounds of one program: it is edited to and fro, and each rival brings the version that the board does not have.</summary>
internal sealed class EditRounds(Site site, FerryHere ferry, Versions versions, Results results)
{
    private readonly Dictionary<string, int> version = [];
    private readonly FerryRival ours = new(site, ferry, versions);

    public void Measure(int rounds, TimeSpan budget)
    {
        Begin();
        List<(string Name, Func<Timed> Run)> all =
        [
            .. Rival.All.Select(rival => (rival.Name, (Func<Timed>)(() => Run(rival)))),
            (FerryRival.Name, RunOurs),
        ];
        for (var round = 0; round < rounds; round++)
        {
            // Each round begins with another one.
            foreach (var (name, run) in all.Skip(round % all.Count).Concat(all.Take(round % all.Count)))
            {
                if (Spent(name) < budget)
                {
                    Note(name, run);
                }
            }
        }

        foreach (var place in Rival.All.Select(rival => rival.Place).Distinct())
        {
            site.Open.Ssh($"rm -f {place}").Run();
        }
    }

    // The board has the old version, and everybody's connection that is to be open is.
    private void Begin()
    {
        foreach (var rival in Rival.All.DistinctBy(rival => rival.Place))
        {
            site.Open.Put(File(rival, 0), rival.Place);
            version[rival.Place] = 0;
        }

        site.Shaped.StartMaster();
        ours.Link(0);
        ours.Run(0);
        version[FerryRival.Name] = 0;
    }

    private Timed Run(Rival rival)
    {
        var next = version[rival.Place] = 1 - version[rival.Place];
        var timed = rival.Run(site.Shaped, site.Board, File(rival, next), versions.Program.Arguments).Measure();
        return Checked(timed, rival.Name, next);
    }

    private Timed RunOurs()
    {
        var next = version[FerryRival.Name] = 1 - version[FerryRival.Name];
        ours.Link(next);
        return Checked(ours.Run(next), FerryRival.Name, next);
    }

    private void Note(string name, Func<Timed> run)
    {
        var (there, back) = site.Shaped.Bytes();
        var timed = run();
        var (thereNow, backNow) = site.Shaped.Bytes();
        Site.Say($"  {timed.FirstByte.TotalMilliseconds:0} ms, {thereNow - there + backNow - back:0} bytes: {name}");
        Add(name, "ms", timed.FirstByte.TotalMilliseconds);
        Add(name, "bytes there", thereNow - there);
        Add(name, "bytes back", backNow - back);
        Add(name, "kB here", timed.Memory);
    }

    private void Add(string name, string quantity, double value) => results.Append("edit", site.Board, versions.What, name, quantity, value);

    private TimeSpan Spent(string name) => TimeSpan.FromMilliseconds(results.Find("edit", site.Board, versions.What, name, "ms")?.Values.Sum() ?? 0);

    private string File(Rival rival, int which) => (rival.Stripped ? versions.Sent : versions.Built)[which];

    private Timed Checked(Timed timed, string who, int which) =>
        timed.Errors.Contains(RealProgram.Mark, StringComparison.Ordinal) == (which == 1) && timed.Output.Length > 0 ? timed
        : throw new BenchException($"{who} did not run the {(which == 1 ? "edited" : "unedited")} version of {versions.What}\n{timed.Output}{timed.Errors}");
}
