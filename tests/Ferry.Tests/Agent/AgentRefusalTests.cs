using System.Security.Cryptography;
using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>What an agent does not store, and does not believe.</summary>
public sealed class AgentRefusalTests
{
    [Fact]
    public void Data_that_was_changed_on_its_way_is_refused_and_leaves_nothing()
    {
        using var agent = LocalAgent.StartSilent();
        var file = new ProgramFile("x", new byte[100_000]);
        var changed = file.Content.ToArray();
        changed[50_000] ^= 1;

        agent.ToAgent.Write([.. AgentCutTests.Put(file, changed), .. AgentCutTests.Put(file, [.. file.Content.ToArray(), 0]), .. AgentCutTests.Put(file, changed[1..]), .. AgentCutTests.Put(file)]);
        agent.ToAgent.Flush();

        var reader = new FrameReader(agent.FromAgent);
        reader.ReadGreeting().ShouldNotBeNull();
        Refusal(reader).ShouldStartWith("what arrived has SHA-256 " + Convert.ToHexStringLower(SHA256.HashData(changed)));
        Refusal(reader).ShouldBe("more data arrived than was announced");
        Refusal(reader).ShouldStartWith("what arrived has SHA-256");
        Answer(reader).Type.ShouldBe(FrameType.Stored);
        DeviceFiles.In(agent.Folder).ShouldBe([AgentStoreTests.Stored(agent, file)]);
    }

    [Fact]
    public void Compressed_data_that_is_broken_is_refused_and_never_more_than_that()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        using var agent = LocalAgent.StartSilent();
        var file = new ProgramFile("x", AgentLab.Counterpart.Content[..60_000]);
        var compressed = new MemoryStream();
        using (var deflate = new System.IO.Compression.DeflateStream(compressed, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(file.Content.Span);
        }

        var reader = new FrameReader(agent.FromAgent);
        reader.ReadGreeting().ShouldNotBeNull();
        for (var round = 0; round < 200; round++)
        {
            var broken = compressed.ToArray();
            if (round % 2 == 0)
            {
                broken[random.Next(broken.Length - 1)] ^= (byte)(1 << random.Next(8));
            }
            else
            {
                broken = broken[..random.Next(broken.Length - 1)];
            }

            var head = new FrameWriter(FrameType.Put);
            file.Write(head);
            agent.ToAgent.Write([.. head.U32(0x1ED).U8(1).U64(0).ToArray(), .. FrameWriter.Of(FrameType.PutData, broken), .. FrameWriter.Of(FrameType.PutEnd)]);
            agent.ToAgent.Flush();

            // A flipped bit of a code that no symbol uses changes nothing: then the data is whole, and stored.
            var expected = Inflated(broken).AsSpan().SequenceEqual(file.Content.Span) ? FrameType.Stored : FrameType.Error;
            Answer(reader).Type.ShouldBe(expected, $"seed {seed}, round {round}");
        }

        DeviceFiles.In(agent.Folder).ShouldAllBe(stored => File.ReadAllBytes(stored).SequenceEqual(file.Content.ToArray()));
    }

    [Fact]
    public void A_folder_that_others_can_write_is_refused()
    {
        using var temporary = new TemporaryFolder();
        var folder = temporary.Path;
        Run.Process("chmod", ["777", folder]).ShouldExitWith(0);
        using (var agent = LocalAgent.Start(folder))
        {
            Should.Throw<FerryException>(() => agent.Run("exit", "0")).Cause.ShouldBe("the agent's folder can be written by others");
        }

        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("/etc/x")]
    [InlineData("a\0b")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        using var agent = LocalAgent.Start();

        Should.Throw<FerryException>(() => agent.Session.Put([new ProgramFile(name, new byte[] { 1 })])).Message.ShouldBe("Ferry's agent on the device gave up");

        DeviceFiles.In(agent.Folder).ShouldBeEmpty();
    }

    [Fact]
    public void A_link_in_place_of_the_store_is_refused()
    {
        using var agent = LocalAgent.Start();
        Directory.CreateSymbolicLink(Path.Combine(agent.Folder, "store"), "/tmp");

        Should.Throw<FerryException>(() => agent.Session.Put([new ProgramFile("x", new byte[] { 1 })])).Cause.ShouldBe("store is not a folder of ours");
    }

    [Theory]
    [InlineData(Frame.LongestPayload + 1)]
    [InlineData(-1)]
    public void The_agent_refuses_a_frame_that_is_too_long(int length)
    {
        using var agent = LocalAgent.StartSilent();

        agent.ToAgent.Write([(byte)FrameType.Run, .. BitConverter.GetBytes(length)]);
        agent.ToAgent.Flush();

        var reader = new FrameReader(agent.FromAgent);
        reader.ReadGreeting().ShouldNotBeNull();
        Refusal(reader).ShouldBe($"a frame of {(uint)length} bytes");
        agent.WaitForExit();
    }

    [Fact]
    public void Nonsense_never_does_worse_than_an_error()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 30; round++)
        {
            using var agent = LocalAgent.StartSilent();
            var nonsense = new byte[random.Next(200)];
            random.NextBytes(nonsense);
            FrameType[] types = [FrameType.Run, FrameType.Put, FrameType.Have, FrameType.Signal, FrameType.PutData];

            agent.ToAgent.Write([.. FrameWriter.Of(types[random.Next(types.Length)], nonsense), .. new byte[] { 0xEE, 0, 0, 0, 0 }]);
            agent.ToAgent.Flush();

            var reader = new FrameReader(agent.FromAgent);
            reader.ReadGreeting().ShouldNotBeNull();
            reader.Read().ShouldNotBeNull($"seed {seed}").Type.ShouldBeOneOf(FrameType.Error, FrameType.Missing);
            agent.Cut();
            agent.WaitForExit();
        }
    }

    /// <summary>The next frame that does not only say how far the agent is.</summary>
    internal static Frame Answer(FrameReader reader)
    {
        Frame frame;
        do
        {
            frame = reader.Read().ShouldNotBeNull();
        }
        while (frame.Type == FrameType.Arrived);

        return frame;
    }

    private static string Refusal(FrameReader reader)
    {
        var frame = Answer(reader);
        frame.Type.ShouldBe(FrameType.Error);
        return AgentSession.Refusal(frame).Cause!;
    }

    private static byte[] Inflated(byte[] compressed)
    {
        try
        {
            var data = new MemoryStream();
            using var inflate = new System.IO.Compression.DeflateStream(new MemoryStream(compressed), System.IO.Compression.CompressionMode.Decompress);
            inflate.CopyTo(data);
            return data.ToArray();
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }
}
