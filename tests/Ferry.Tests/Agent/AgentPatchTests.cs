using Ferry.Elf;
using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

public sealed class AgentPatchTests : IDisposable
{
    private readonly TemporaryFolder sent = new();
    private readonly LocalAgent agent = LocalAgent.Start();

    public void Dispose()
    {
        agent.Dispose();
        sent.Dispose();
    }

    [Fact]
    public void What_changed_is_all_that_is_sent()
    {
        var (old, fresh) = (Program(), Edited(1));
        Put(old).ShouldBe(old.Length);

        Put(fresh).ShouldBeLessThan(fresh.Length / 20);

        ShouldBeThere(fresh);
        ShouldBeThere(old);
    }

    [Fact]
    public void A_device_that_lacks_the_version_before_gets_the_whole()
    {
        Put(Program());
        Directory.Delete(Path.Combine(agent.Folder, "store"), recursive: true);

        Put(Edited(2)).ShouldBe(Edited(2).Length);

        ShouldBeThere(Edited(2));
    }

    [Fact]
    public void Of_several_versions_the_one_is_taken_that_the_device_has()
    {
        Put(Program());
        foreach (var edit in new[] { 3, 4 })
        {
            new SentVersions("program", sent.Path).Keep(new ProgramFile("program", Edited(edit)));
        }

        Put(Edited(5)).ShouldBeLessThan(Edited(5).Length / 20);

        ShouldBeThere(Edited(5));
    }

    [Fact]
    public void Going_back_to_what_was_is_no_sending_at_all()
    {
        Put(Program());
        Put(Edited(6));

        agent.Session.Missing([new ProgramFile("program", Program())]).ShouldBeEmpty();
    }

    [Fact]
    public void A_kept_version_that_is_damaged_here_costs_no_more_than_sending_the_whole()
    {
        Put(Program());
        var kept = Kept().ShouldHaveSingleItem();
        var bytes = File.ReadAllBytes(kept);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(kept, bytes);

        Put(Edited(7)).ShouldBe(Edited(7).Length);

        ShouldBeThere(Edited(7));
    }

    [Fact]
    public void A_store_that_was_tampered_with_yields_no_program()
    {
        Put(Program());
        using (var file = File.OpenWrite(Stored(Program())))
        {
            file.Seek(file.Length / 2, SeekOrigin.Begin);
            file.Write([1, 2, 3, 4, 5, 6, 7, 8]);
        }

        Put(Edited(8)).ShouldBe(Edited(8).Length);

        ShouldBeThere(Edited(8));
    }

    [Fact]
    public void No_more_than_four_versions_are_kept_here()
    {
        foreach (var edit in Enumerable.Range(10, 7))
        {
            Put(Edited(edit));
        }

        Kept().Length.ShouldBe(4);
    }

    [Fact]
    public void A_large_patch_is_taken_where_the_whole_would_be_more_compressed()
    {
        Put(Program());
        var much = Program();
        new Random(1).NextBytes(much.AsSpan(much.Length / 2, much.Length / 5));

        Put(much).ShouldBeInRange(much.Length / 5, much.Length / 4);

        ShouldBeThere(much);
    }

    [Fact]
    public void What_has_nothing_in_common_is_sent_whole()
    {
        Put(Program());
        var noise = new byte[50_000];
        new Random(1).NextBytes(noise);

        Put(noise).ShouldBe(noise.Length);

        ShouldBeThere(noise);
    }

    private string[] Kept() => [.. Directory.GetDirectories(sent.Path).SelectMany(Directory.GetFiles)];

    /// <summary>How many bytes were sent for it, before compression.</summary>
    private long Put(byte[] content)
    {
        long length = 0;
        var file = new ProgramFile("program", Hash(content), content.Length, () => content, versions: new SentVersions("program", sent.Path));
        agent.Session.Put([file], (_, total) => length = total);
        return length;
    }

    private static string Hash(byte[] content) => new ProgramFile("", content).Sha256;

    private string Stored(byte[] content) => Path.Combine(agent.Folder, "store", Hash(content), "program");

    private void ShouldBeThere(byte[] content)
    {
        File.ReadAllBytes(Stored(content)).AsSpan().SequenceEqual(content).ShouldBeTrue();
        Directory.GetFiles(Path.Combine(agent.Folder, "store")).ShouldBeEmpty();
    }

    private static byte[] Program() => ElfStrip.WithoutDebugInfo(AgentLab.Counterpart.Content.Span).ToArray();

    private static byte[] Edited(int edit)
    {
        var bytes = Program();
        for (var i = 0; i < 8; i++)
        {
            bytes[(bytes.Length / 2) + (i * 40) + edit] ^= 0x55;
        }

        return bytes;
    }
}
