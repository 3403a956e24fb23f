using System.Runtime.Versioning;
using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A file that was on its way when something broke.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class AgentResumeTests : IDisposable
{
    private readonly TemporaryFolder device = new();
    private readonly ProgramFile program = new("counterpart", SelfChecked.Bytes(2_000_000, 1));

    private string Store => device["store"];

    private string Part => Path.Combine(Store, program.Sha256 + ".part");

    public void Dispose() => device.Dispose();

    [Fact]
    public void What_arrived_before_the_cut_is_not_sent_again()
    {
        SendUpTo(1_500_000);
        var there = new FileInfo(Part).Length;
        there.ShouldBeInRange(1_300_000, 1_500_000);

        using var agent = LocalAgent.Start(device.Path);
        var heard = Run(agent);

        heard[0].ShouldBe((there, program.Size));
        heard[^1].ShouldBe((program.Size, program.Size));
        heard.Select(step => step.Arrived).ShouldBeInOrder();
        ShouldBeAllThatIsThere(program);
    }

    [Fact]
    public void A_file_of_which_only_the_end_was_lost_needs_no_more_data()
    {
        SendUpTo(int.MaxValue);
        new FileInfo(Part).Length.ShouldBe(program.Size);

        using var agent = LocalAgent.Start(device.Path);
        Run(agent)[0].ShouldBe((program.Size, program.Size));

        ShouldBeAllThatIsThere(program);
    }

    [Fact]
    public void A_part_that_was_damaged_meanwhile_costs_no_more_than_sending_the_whole()
    {
        SendUpTo(1_000_000);
        using (var part = File.OpenWrite(Part))
        {
            part.Seek(500_000, SeekOrigin.Begin);
            part.Write([1, 2, 3, 4]);
        }

        using var agent = LocalAgent.Start(device.Path);
        var heard = Run(agent);

        heard.ShouldContain(step => step.Arrived == 0);
        ShouldBeAllThatIsThere(program);
    }

    [Fact]
    public void A_part_that_is_longer_than_the_file_is_no_part_of_it()
    {
        Directory.CreateDirectory(Store);
        File.WriteAllBytes(Part, new byte[program.Size + 1]);

        using var agent = LocalAgent.Start(device.Path);
        Run(agent)[0].ShouldBe((0, program.Size));

        ShouldBeAllThatIsThere(program);
    }

    [Fact]
    public void What_lies_half_there_cannot_be_started()
    {
        SendUpTo(1_000_000);

        File.GetUnixFileMode(Part).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFileSystemEntries(Store).ShouldBe([Part]);
    }

    [Fact]
    public void Two_that_send_the_same_at_once_do_not_disturb_each_other()
    {
        using var first = LocalAgent.StartSilent(device.Path);
        var conversation = AgentCutTests.Put(program);
        first.ToAgent.Write(conversation, 0, conversation.Length / 2);
        first.ToAgent.Flush();
        var reader = new FrameReader(first.FromAgent);
        reader.ReadGreeting().ShouldNotBeNull();
        reader.Read()!.Value.Type.ShouldBe(FrameType.Arrived); // it is at it

        using (var second = LocalAgent.Start(device.Path))
        {
            // The part is another one's: nothing of it is there for us.
            Run(second)[0].ShouldBe((0, program.Size));
        }

        first.ToAgent.Write(conversation, conversation.Length / 2, conversation.Length - (conversation.Length / 2));
        first.ToAgent.Flush();
        AgentRefusalTests.Answer(reader).Type.ShouldBe(FrameType.Stored);
        ShouldBeAllThatIsThere(program);
    }

    [Fact]
    public async Task Many_that_send_the_same_and_others_at_once_all_run_what_they_sent()
    {
        ProgramFile[] programs = [program, program, program, new("counterpart", SelfChecked.Bytes(1_000_000, 2)), new("counterpart", SelfChecked.Bytes(1_000_000, 3))];
        var runs = programs.Select((mine, i) => Task.Factory.StartNew(
            () =>
            {
                using var agent = LocalAgent.Start(device.Path);
                return agent.Session.Run(SelfChecked.Request(mine, 10 + i), new LocalStreams(null, Stream.Null, Stream.Null)).Code;
            },
            TaskCreationOptions.LongRunning)).ToArray();

        (await Task.WhenAll(runs)).ShouldBe([10, 11, 12, 13, 14]);
        ShouldBeAllThatIsThere(programs);
    }

    [Fact]
    public void Wherever_the_agent_is_killed_the_next_one_goes_on_with_what_there_is()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var conversation = AgentCutTests.Put(program);
        for (var round = 0; round < 12; round++)
        {
            using (var agent = LocalAgent.StartSilent(device.Path))
            {
                agent.ToAgent.Write(conversation, 0, random.Next(conversation.Length));
                agent.Kill(); // in the midst of what it was at
                agent.WaitForExit();
            }

            var there = File.Exists(Part) ? new FileInfo(Part).Length : 0;
            if (there > 0)
            {
                File.ReadAllBytes(Part).AsSpan().SequenceEqual(program.Content.Span[..(int)there]).ShouldBeTrue($"seed {seed}, round {round}");
            }

            using var next = LocalAgent.Start(device.Path);
            Run(next)[0].ShouldBe((there, program.Size), $"seed {seed}, round {round}");
            ShouldBeAllThatIsThere(program);
            Directory.Delete(Store, recursive: true);
        }
    }

    [Fact]
    public void Parts_that_nobody_goes_on_with_are_cleared_away_after_a_day()
    {
        Directory.CreateDirectory(Store);
        foreach (var (name, hours) in new[] { ("aa", 25), ("bb", 23), ("cc", -48) })
        {
            File.WriteAllText(Path.Combine(Store, name + ".part"), "");
            File.SetLastWriteTimeUtc(Path.Combine(Store, name + ".part"), DateTime.UtcNow.AddHours(-hours));
        }

        using var agent = LocalAgent.Start(device.Path);
        agent.Session.Put([new ProgramFile("x", new byte[] { 1 })]);

        Directory.GetFiles(Store).Select(Path.GetFileName).ShouldBe(["bb.part", "cc.part"], ignoreOrder: true);
    }

    [Fact]
    public void Where_space_is_short_parts_of_others_make_room()
    {
        using var disk = SmallDisk.Mount("3m");
        using var agent = LocalAgent.Start(disk.Path);
        var store = Directory.CreateDirectory(Path.Combine(disk.Path, "store")).FullName;
        File.WriteAllBytes(Path.Combine(store, "aa.part"), new byte[2_000_000]);

        Run(agent).ShouldNotBeEmpty();

        Directory.GetFiles(store).ShouldBeEmpty();
    }

    /// <summary>What the device has of the program after a Put that broke off.</summary>
    private void SendUpTo(int length)
    {
        using var agent = LocalAgent.StartSilent(device.Path);
        var conversation = AgentCutTests.Put(program);
        agent.ToAgent.Write(conversation, 0, Math.Min(length, conversation.Length - 1));
        agent.Cut();
        agent.WaitForExit();
    }

    /// <summary>Runs the program, which must be whole; what was heard of its sending.</summary>
    private List<(long Arrived, long Total)> Run(LocalAgent agent)
    {
        List<(long Arrived, long Total)> heard = [];
        agent.Session.Run(SelfChecked.Request(program, 7), new LocalStreams(null, Stream.Null, Stream.Null), (arrived, total) => heard.Add((arrived, total))).ShouldBe(ProgramEnd.Exited(7));
        return heard;
    }

    private void ShouldBeAllThatIsThere(params ProgramFile[] files) =>
        DeviceFiles.In(device.Path).ShouldBe(files.Select(file => Path.Combine(Store, file.Sha256, file.Name)).Distinct(), ignoreOrder: true);
}
