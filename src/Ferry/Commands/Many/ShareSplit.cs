namespace Ferry.Commands.Many;

/// <summary>Makes parts of test programs: each is one, but for those that would leave devices idle, which are parted by their tests.</summary>
internal sealed class ShareSplit(TestWords words, TestTimes times, int devices, Func<TestProgram, IReadOnlyList<byte[]>, PartRun> run)
{
    /// <summary>More than one for each device, since tests differ in length.</summary>
    private const int PartsForEach = 2;

    /// <summary>Seconds that a program must take beyond its share: each part of it is a program that is started, too.</summary>
    private const double WorthIt = 2;

    /// <summary>Of names in one command line. Linux takes 128 kB a word and 2 MB in all; the agent's frame less.</summary>
    private const int MostNames = 1000;

    public IReadOnlyList<SharePart> Parts(IReadOnlyList<TestProgram> programs)
    {
        var known = programs.Sum(program => times.Of(program)?.TotalSeconds ?? 0);
        return [.. programs.SelectMany(program => IsLarge(program, programs.Count, known) ? Split(program) : [Whole(program)])];
    }

    private bool IsLarge(TestProgram program, int programs, double known) =>
        programs < devices || times.Of(program)?.TotalSeconds > (known / devices) + WorthIt;

    private SharePart Whole(TestProgram program) => new(program, words.All, program.Label, times.Of(program));

    private IEnumerable<SharePart> Split(TestProgram program)
    {
        var list = run(program, words.List);
        if (list.Code != 0 || list.Outcome is not null || TestWords.Names(list.Output) is not { Count: > 1 } names)
        {
            return [Whole(program)];
        }

        var count = Math.Min(names.Count, Math.Max(devices * PartsForEach, (names.Count + MostNames - 1) / MostNames));
        return names.Select((name, i) => (name, i)).GroupBy(pair => pair.i % count, pair => pair.name)
            .Select(group => new SharePart(program, words.Only(group), $"{program.Label}, part {group.Key + 1} of {count}", times.Of(program) / count));
    }
}
