using Ferry.Benchmarks;
using Ferry.Benchmarks.Pages;
using Ferry.Benchmarks.Parts;

// bench/loop starts this: it measures the parts that were asked for, one after the other, and writes the page anew after each.
if (args is ["--make-patch", var old, var fresh])
{
    return PatchPart.MakeOnce(old, fresh);
}

try
{
    var options = Options.Parse(args, [.. Part.All.Select(part => part.Name)]);
    var place = ResultPlace.Of(options.Output);
    var results = new Results(place.Rows);
    var parts = Part.All.Where(part => options.Parts.Contains(part.Name)).ToList();
    using var site = new Site(options.Board, parts.Any(part => part.NeedsBoard));
    foreach (var part in parts)
    {
        var board = part.NeedsBoard ? options.Board : "-";
        if (options.Resume && Machine.Has(results, part.Name, board))
        {
            Site.Say($"{part.Name}: measured before");
            continue;
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        if (!options.Resume)
        {
            results.Forget(part.Name, board);
            Machine.Forget(results, part.Name, board);
        }

        var machine = Machine.Now();
        part.Measure(site, options, results);
        machine.AddTo(results, part.Name, board);
        results.Save();
        place.Write(results);
        Site.Say($"{part.Name}: done in {clock.Elapsed.TotalSeconds:0} s");
    }

    // Also when nothing was left to measure: the page's words may be other ones now.
    place.Write(results);
    return 0;
}
catch (BenchException e)
{
    Site.Say($"error: {e.Message}");
    return 1;
}
