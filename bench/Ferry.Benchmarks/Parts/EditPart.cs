using Ferry.Benchmarks.Programs;
using Ferry.Benchmarks.Rivals;

namespace Ferry.Benchmarks.Parts;

/// <summary>
/// From the finished link of an edited program to its first output, over the shaped link. All rivals in each round, as long as one has time
/// left: who takes half a minute a run says the same each time.
/// </summary>
internal static class EditPart
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(10);

    public static void Measure(Site site, Options options, Results results)
    {
        var ferry = new FerryHere(site);
        Prepare(site, ferry);
        foreach (var versions in NotYet("edit", site, ferry, results))
        {
            Site.Say($"edit: {versions.What}");
            new EditRounds(site, ferry, versions, results).Measure(options.Rounds, Budget);
        }
    }

    public static void Prepare(Site site, FerryHere ferry)
    {
        Site.Apt("lab_install", "rsync", "time");
        ferry.Add(site.Open);
        Rival.BringRsync(site);
    }

    /// <summary>The programs that a part has still to measure; what it has measured of one is saved when the next one's turn comes.</summary>
    public static IEnumerable<Versions> NotYet(string part, Site site, FerryHere ferry, Results results)
    {
        foreach (var versions in VersionsOfAll(site, ferry))
        {
            results.Save();
            if (!results.Holds(part, site.Board, versions.What))
            {
                yield return versions;
            }
        }
    }

    private static IEnumerable<Versions> VersionsOfAll(Site site, FerryHere ferry)
    {
        foreach (var program in RealProgram.All)
        {
            Site.Shell("tests/lab/programs", program.Set == "programs" ? [] : [program.Set, program.Name]);
        }

        foreach (var program in RealProgram.All)
        {
            foreach (var profile in new[] { "debug", "release" })
            {
                yield return Versions.Make(site, ferry, program, profile);
            }
        }
    }
}
