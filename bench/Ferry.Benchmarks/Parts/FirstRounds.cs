using Ferry.Benchmarks.Programs;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Parts;

/// <summary>First contact again and again: what is on the board is removed before each run.</summary>
internal sealed class FirstRounds(Site site, FerryHere ferry, int rounds, Results results)
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(6);

    public void NewBoard()
    {
        Note(FirstPart.NewBoard, FirstPart.Adding, () => ferry.Add(site.Shaped));
        var hello = Hello.Build(site, ferry);
        var run = ferry.Run(site.Shaped, Hello.Package(site), hello);
        Note(FirstPart.NewBoard, FirstPart.FirstRun, run.Measure);
    }

    public void Measure(Versions versions)
    {
        foreach (var rival in Rival.All.Where(rival => rival.Place.Contains("rsync", StringComparison.Ordinal) && !rival.Master))
        {
            var file = (rival.Stripped ? versions.Sent : versions.Built)[0];
            var remove = site.Open.Ssh($"rm -f {rival.Place}");
            Repeat(versions.What, rival.Name, () => remove.Run(), rival.Run(site.Shaped, site.Board, file, versions.Program.Arguments).Measure);
            remove.Run();
        }

        var ours = new FerryRival(site, ferry, versions);
        Repeat(versions.What, FerryRival.Name, () => Forget(ours), () => ours.Run(0));
    }

    private void Forget(FerryRival ours)
    {
        ferry.Disconnect();
        site.Open.Ssh($"rm -rf {Site.There}/ferry").Run();
        if (Path.Combine(ferry.Home, "cache", "sent") is var sent && Directory.Exists(sent))
        {
            Directory.Delete(sent, recursive: true);
        }

        ours.Link(0);
    }

    private void Repeat(string what, string who, Action before, Func<Timed> run)
    {
        var spent = TimeSpan.Zero;
        for (var round = 0; round < rounds && spent < Budget; round++)
        {
            before();
            spent += Note(what, who, run);
        }
    }

    private TimeSpan Note(string what, string who, Func<Timed> run)
    {
        var (there, back) = site.Shaped.Bytes();
        var timed = run();
        var (thereNow, backNow) = site.Shaped.Bytes();
        results.Append("first", site.Board, what, who, "ms", timed.FirstByte.TotalMilliseconds);
        results.Append("first", site.Board, what, who, "bytes there", thereNow - there);
        results.Append("first", site.Board, what, who, "bytes back", backNow - back);
        results.Append("first", site.Board, what, who, "kB here", timed.Memory);
        return timed.FirstByte;
    }
}
