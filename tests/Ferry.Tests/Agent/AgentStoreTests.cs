using Ferry.Lab;
using System.Security.Cryptography;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

public sealed class AgentStoreTests
{
    [Fact]
    public void Whatever_is_sent_is_stored_byte_for_byte()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var agent = LocalAgent.Start();
        var files = Enumerable.Range(0, 60).Select(i => new ProgramFile($"file {i}", Content(random, i))).ToList();

        agent.Session.Missing(files).ShouldBe(files);
        agent.Session.Put(files);

        agent.Session.Missing(files).ShouldBeEmpty();
        foreach (var file in files)
        {
            // The agent has compared its own SHA-256 with .NET's to get here; so this is about the bytes.
            File.ReadAllBytes(Stored(agent, file)).AsSpan().SequenceEqual(file.Content.Span).ShouldBeTrue($"{file.Name}, seed {seed}");
        }

        Directory.GetFiles(Path.Combine(agent.Folder, "store")).ShouldBeEmpty();
    }

    [Fact]
    public void A_file_that_has_lost_its_end_is_sent_again()
    {
        using var agent = LocalAgent.Start();
        var file = new ProgramFile("x", RandomNumberGenerator.GetBytes(1000));
        agent.Session.Put([file]);
        File.WriteAllBytes(Stored(agent, file), new byte[999]);

        agent.Session.Missing([file]).ShouldBe([file]);
        agent.Session.Put([file]);

        File.ReadAllBytes(Stored(agent, file)).ShouldBe(file.Content.ToArray());
    }

    [Fact]
    public void A_program_that_runs_can_be_stored_again()
    {
        using var agent = LocalAgent.Start();
        using var other = LocalAgent.Start(agent.Folder);
        var run = new BackgroundRun(agent, LocalAgent.Request("signals", "15"));
        run.Output.WaitFor("ready");

        other.Session.Put([AgentLab.Counterpart]);

        other.Run("exit", "3").End.ShouldBe(ProgramEnd.Exited(3));
        agent.Session.Signal(15);
        run.End().ShouldBe(ProgramEnd.Exited(0));
    }

    [Fact]
    public void What_an_agent_that_was_killed_has_left_is_cleared_away()
    {
        using var agent = LocalAgent.Start();
        var store = Directory.CreateDirectory(Path.Combine(agent.Folder, "store")).FullName;
        File.WriteAllText(Path.Combine(store, "4194999.tmp"), "beyond the largest process number");
        File.WriteAllText(Path.Combine(store, $"{Environment.ProcessId}.tmp"), "of a process that lives");

        agent.Session.Put([new ProgramFile("x", new byte[] { 1 })]);

        Directory.GetFiles(store).Select(Path.GetFileName).ShouldBe([$"{Environment.ProcessId}.tmp"]);
    }

    [Fact]
    public void A_full_disk_is_told_in_the_systems_words_and_leaves_nothing()
    {
        using var disk = SmallDisk.Mount("3m");
        using var agent = LocalAgent.Start(disk.Path);
        var large = new ProgramFile("large", RandomNumberGenerator.GetBytes(20_000_000));

        var full = Should.Throw<FerryException>(() => agent.Session.Run(new RunRequest { Files = [large], Arguments = ["large"u8.ToArray()] }, new LocalStreams(null, Stream.Null, Stream.Null)));

        full.Message.ShouldBe("the device is full");
        full.Cause.ShouldBe($"cannot write store/{large.Sha256}/large: No space left on device");
        DeviceFiles.In(disk.Path).ShouldBeEmpty();
    }

    internal static string Stored(LocalAgent agent, ProgramFile file) => Path.Combine(agent.Folder, "store", file.Sha256, file.Name);

    /// <summary>From noise to a single repeated byte: stored blocks, fixed and dynamic codes, long and far matches.</summary>
    private static byte[] Content(Random random, int round)
    {
        var content = new byte[round < 10 ? round : random.Next(300_000)];
        var letters = 1 << random.Next(9);
        var at = 0;
        while (at < content.Length)
        {
            if (at > 0 && random.Next(3) == 0)
            {
                var (back, length) = (random.Next(1, Math.Min(at, 40_000) + 1), Math.Min(random.Next(1, 400), content.Length - at));
                for (var i = 0; i < length; i++, at++)
                {
                    content[at] = content[at - back];
                }
            }
            else
            {
                content[at++] = (byte)random.Next(letters);
            }
        }

        return content;
    }
}
