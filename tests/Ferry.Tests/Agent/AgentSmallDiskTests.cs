using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A device whose only room is a small one: what is in the way goes before what comes.</summary>
public sealed class AgentSmallDiskTests : IDisposable
{
    private const int Large = 10_000_000;

    private readonly SmallDisk disk = SmallDisk.Mount("16m");
    private readonly TemporaryFolder sent = new();

    public void Dispose()
    {
        disk.Dispose();
        sent.Dispose();
    }

    [Fact]
    public void A_program_of_10_MB_and_its_next_version_by_a_patch_fit_into_16_MB()
    {
        Run(Version(1, edit: 0), "exit", "3").ShouldBe((ProgramEnd.Exited(3), Large));
        var next = Run(Version(1, edit: 1), "exit", "4");

        next.End.ShouldBe(ProgramEnd.Exited(4));
        next.Sent.ShouldBeLessThan(Large / 20);
        Programs().ShouldBe([Version(1, edit: 1).Sha256]);
    }

    [Fact]
    public void Another_program_of_10_MB_takes_the_place_of_the_one_that_is_not_used()
    {
        Run(Version(1, edit: 0), "exit", "3").ShouldBe((ProgramEnd.Exited(3), Large));
        // What little both have in common makes a patch that is a little smaller than the whole.
        Run(Version(2, edit: 0), "exit", "4").End.ShouldBe(ProgramEnd.Exited(4));

        Programs().ShouldBe([Version(2, edit: 0).Sha256]);
    }

    [Fact]
    public void Of_several_small_ones_only_as_many_go_as_must()
    {
        var small = Enumerable.Range(0, 5).Select(i => new ProgramFile($"small{i}", Noise(10 + i, 1_000_000))).ToList();
        using (var agent = LocalAgent.Start(disk.Path))
        {
            agent.Session.Put(small);
        }

        for (var i = 0; i < small.Count; i++)
        {
            Directory.SetLastWriteTimeUtc(Path.Combine(disk.Path, "store", small[i].Sha256), DateTime.UtcNow.AddHours(i - 100));
        }

        using (var agent = LocalAgent.Start(disk.Path))
        {
            agent.Session.Put([new ProgramFile("large", Noise(3, Large + 3_000_000))]);
            // Not yet by its share of the file system: that comes at the end of a run or a session.
            agent.Session.Missing(small).ShouldBe(small[..2]);
        }
    }

    [Fact]
    public void What_is_kept_beside_what_is_in_use_is_at_most_half_of_the_file_system()
    {
        var programs = Enumerable.Range(0, 12).Select(i => new ProgramFile($"small{i}", Noise(20 + i, 1_000_000))).ToList();
        foreach (var program in programs)
        {
            using (var agent = LocalAgent.Start(disk.Path))
            {
                agent.Session.Put([program]);
            }

            // Uses within the same second are told apart all the same; but not by tests on slow machines.
            Directory.SetLastWriteTimeUtc(Path.Combine(disk.Path, "store", program.Sha256), DateTime.UtcNow.AddMinutes(programs.IndexOf(program) - 100));
        }

        // Eight are within the half; the one that had just come was in use when the house was kept.
        Programs().ShouldBe(programs[^9..].Select(program => program.Sha256), ignoreOrder: true);
    }

    [Fact]
    public void A_program_that_runs_is_not_taken_away_from_below_by_its_next_version()
    {
        using var agent = LocalAgent.Start(disk.Path);
        var run = new BackgroundRun(agent, Request(Version(1, edit: 0), "signals", "15"));
        run.Output.WaitFor("ready");

        var full = Should.Throw<FerryException>(() => Run(Version(1, edit: 1), "exit", "4"));

        full.Message.ShouldBe("the device is full");
        Programs().ShouldBe([Version(1, edit: 0).Sha256]);
        agent.Session.Signal(15);
        run.End().ShouldBe(ProgramEnd.Exited(0));
        agent.Cut();
        agent.WaitForExit();
        Run(Version(1, edit: 1), "exit", "4").End.ShouldBe(ProgramEnd.Exited(4));
    }

    [Fact]
    public void What_would_not_fit_anyway_takes_nothing_away()
    {
        Run(Version(1, edit: 0), "exit", "3").End.ShouldBe(ProgramEnd.Exited(3));

        Should.Throw<FerryException>(() => Run(new ProgramFile("huge", Noise(5, 20_000_000)))).Message.ShouldBe("the device is full");

        using var agent = LocalAgent.Start(disk.Path);
        agent.Session.Missing([Version(1, edit: 0)]).ShouldBeEmpty();
    }

    /// <summary>In a session of its own, as each call of the runner; with how many bytes were sent for it, before compression.</summary>
    private (ProgramEnd End, long Sent) Run(ProgramFile file, params string[] arguments)
    {
        long bytes = 0;
        using var agent = LocalAgent.Start(disk.Path);
        var end = agent.Session.Run(Request(file, arguments), new LocalStreams(null, Stream.Null, Stream.Null), (_, total) => bytes = total);
        return (end, bytes);
    }

    private static RunRequest Request(ProgramFile file, params string[] arguments) => new() { Files = [file], Arguments = LocalAgent.Request(arguments).Arguments };

    private string[] Programs() => [.. Directory.EnumerateDirectories(Path.Combine(disk.Path, "store")).Select(folder => Path.GetFileName(folder))];

    /// <summary>The counterpart, made large by noise behind its end, of which an edit changes some.</summary>
    private ProgramFile Version(int seed, int edit)
    {
        var program = AgentLab.Counterpart.Content;
        byte[] content = [.. program.Span, .. Noise(seed, Large - program.Length)];
        for (var i = 0; i < edit * 20; i++)
        {
            content[program.Length + 1000 + (i * 5000)] ^= 0x55;
        }

        return new ProgramFile("counterpart", new ProgramFile("", content).Sha256, content.Length, () => content, versions: new SentVersions("program", sent.Path));
    }

    private static byte[] Noise(int seed, int length)
    {
        var noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }
}
