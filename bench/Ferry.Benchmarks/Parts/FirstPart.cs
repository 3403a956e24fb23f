namespace Ferry.Benchmarks.Parts;

/// <summary>
/// A board that has never seen the program, over the shaped link: Ferry brings its agent, too. What scp sends is the same as ever, so its figures are
/// those of an edit.
/// </summary>
internal static class FirstPart
{
    public const string NewBoard = "a new board";
    public const string Adding = "ferry device add";
    public const string FirstRun = "the first run of samples/hello, agent compiled";

    public static void Measure(Site site, Options options, Results results)
    {
        var usual = new FerryHere(site);
        EditPart.Prepare(site, usual);
        var programs = EditPart.NotYet("first", site, usual, results).ToList();
        usual.Disconnect();
        var ferry = new FerryHere(site, Directory.CreateDirectory(Path.Combine(site.Work, "fresh")).FullName);
        var rounds = new FirstRounds(site, ferry, options.Rounds, results);
        rounds.NewBoard();

        foreach (var versions in programs)
        {
            Site.Say($"first: {versions.What}");
            rounds.Measure(versions);
            results.Save();
        }

        ferry.Disconnect();
    }
}
