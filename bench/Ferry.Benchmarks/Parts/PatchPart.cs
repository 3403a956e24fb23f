using System.Diagnostics;
using System.Globalization;
using Ferry.Delta;

namespace Ferry.Benchmarks.Parts;

/// <summary>The patch of each edit: its size, making it here and applying it on the board.</summary>
internal static class PatchPart
{
    public const string Who = "Ferry.Delta";

    public static void Measure(Site site, Options options, Results results)
    {
        var ferry = new FerryHere(site);
        ferry.Add(site.Open);
        var applier = Applier(site, ferry);
        site.Open.Put(applier, Site.There + "/apply");
        foreach (var versions in EditPart.NotYet("patch", site, ferry, results))
        {
            Site.Say($"patch: {versions.What}");
            void Note(string quantity, double value) => results.Append("patch", site.Board, versions.What, Who, quantity, value);
            var (old, fresh) = (File.ReadAllBytes(versions.Sent[0]), File.ReadAllBytes(versions.Sent[1]));
            var patch = Patch.Make(old, fresh);
            Note("bytes", patch.Length);
            Note("bytes of the program", fresh.Length);
            // As in the runner: the code has never run in that process, and much of what it needs is not in memory.
            for (var round = 0; round < 2 * options.Rounds + 1; round++)
            {
                Note("made cold, ms", Number(new Command(Environment.ProcessPath!, "--make-patch", versions.Sent[0], versions.Sent[1]).Run().Output));
                var clock = Stopwatch.StartNew();
                Patch.Make(old, fresh);
                Note("made warm, ms", clock.Elapsed.TotalMilliseconds);
            }

            var file = Path.Combine(site.Work, "patch");
            File.WriteAllBytes(file, patch);
            site.Open.Put(versions.Sent[0], Site.There + "/old");
            site.Open.Put(file, Site.There + "/patch");
            for (var round = 0; round < 2 * options.Rounds + 1; round++)
            {
                Note("applied on the board, ms", Number(site.Open.Ssh($"cd {Site.There} && ./apply old patch new").Run().Output));
            }

            Site.Say(string.Join(", ", results.Rows.Where(row => row.Part == "patch" && row.What == versions.What).Select(row => $"{row.Quantity} {Median.Of(row.Values):0}")));
        }
    }

    /// <summary>The other half of "made cold": a process that makes one patch and says how long that took.</summary>
    public static int MakeOnce(string old, string fresh)
    {
        var clock = Stopwatch.StartNew();
        Patch.Make(File.ReadAllBytes(old), File.ReadAllBytes(fresh));
        Console.WriteLine(clock.Elapsed.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    // device/agent/patch.rs in a program around it, compiled as the agent is.
    private static string Applier(Site site, FerryHere ferry)
    {
        var program = Path.Combine(site.Work, "apply");
        var target = site.Target.Replace("-gnu", "-musl", StringComparison.Ordinal);
        new Command("rustc", "--edition", "2021", "--target", target, "-C", "opt-level=z", "-C", "panic=abort", "-C", "strip=symbols", "-C", "linker=rust-lld", "-A", "dead_code", "-o", program, Path.Combine(Site.Root, "bench", "apply.rs"))
        {
            Environment = ferry.Surroundings(),
        }.Run();
        return program;
    }
}
