using System.Globalization;
using Ferry.Benchmarks.Programs;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Parts;

/// <summary>What each rival's processes on the board hold at most, looked up while they run: a run of its own, which is not timed.</summary>
internal static class MemoryPart
{
    private const string Poll = Site.There + "/poll";

    // Every process of our user; those that were there before come along and are taken out.
    private const string Watch = $$"""while [ -e /home/pi/{{Poll}} ]; do cat /proc/[0-9]*/status 2>/dev/null | awk '/^Name/ {n = $2} /^Pid/ {p = $2} /^Uid/ {u = $2} /^VmHWM/ && u == 1000 {print p, n, $2}'; echo; sleep 0.05; done""";

    public static void Measure(Site site, Options options, Results results)
    {
        var ferry = new FerryHere(site);
        EditPart.Prepare(site, ferry);
        foreach (var versions in EditPart.NotYet("memory", site, ferry, results))
        {
            Site.Say($"memory: {versions.What}");
            foreach (var rival in Rival.All.Where(rival => !rival.Master && (rival.Stripped || rival.Place.Contains("rsync", StringComparison.Ordinal))))
            {
                var files = rival.Stripped ? versions.Sent : versions.Built;
                site.Open.Put(files[0], rival.Place);
                Look(versions, rival.Name, () => rival.Run(site.Open, site.Board, files[1], versions.Program.Arguments).Run());
                site.Open.Ssh($"rm -f {rival.Place}").Run();
            }

            var ours = new FerryRival(site, ferry, versions);
            ours.Link(0);
            ours.Run(0);
            ferry.Disconnect();
            ours.Link(1);
            Look(versions, FerryRival.Name, () => ours.Run(1));
            ferry.Disconnect();
        }

        void Look(Versions versions, string who, Action run)
        {
            site.Open.Ssh($": >{Poll}").Run();
            // Their own connections, as root: else the watch would watch its own sshd.
            var watch = Task.Factory.StartNew(() => new Command(site.Open.Program, site.Board + "-root", Watch).Run().Output, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            run();
            site.Open.Ssh($"rm -f {Poll}").Run();
            foreach (var (name, peak) in Peaks(watch.Result))
            {
                results.Append("memory", site.Board, versions.What, who, name, peak);
            }
        }
    }

    private static IEnumerable<(string Name, double Peak)> Peaks(string watched)
    {
        var looks = watched.Split("\n\n").Select(look => look.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Where(row => row.Length == 3).ToList()).ToList();
        var before = looks[0].Select(row => row[0]).ToHashSet();
        return from row in looks.Skip(1).SelectMany(look => look)
               where !before.Contains(row[0])
               let name = row[1].StartsWith("agent", StringComparison.Ordinal) ? "agent" : row[1]
               where name is "agent" or "rsync" or "sftp-server" or "sshd" // neither the program nor the shell
               group double.Parse(row[2], CultureInfo.InvariantCulture) by name into process
               select (process.Key, process.Max());
    }
}
