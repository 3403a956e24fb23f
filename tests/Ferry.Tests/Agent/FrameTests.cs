using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

public sealed class FrameTests
{
    [Fact]
    public void Frames_come_back_as_they_went_wherever_the_stream_is_split()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var frames = Enumerable.Range(0, random.Next(1, 6)).Select(_ => RandomFrame(random)).ToList();
            var bytes = frames.SelectMany(frame => FrameWriter.Of(frame.Type, frame.Payload)).ToArray();
            var reader = new FrameReader(new PiecewiseStream(bytes, random));

            foreach (var frame in frames)
            {
                var read = reader.Read().ShouldNotBeNull($"seed {seed}");
                read.Type.ShouldBe(frame.Type, $"seed {seed}");
                read.Payload.ShouldBe(frame.Payload, $"seed {seed}");
            }

            reader.Read().ShouldBeNull($"seed {seed}");
        }
    }

    [Fact]
    public void A_frame_is_not_read_before_its_last_byte_is_there()
    {
        var bytes = FrameWriter.Of(FrameType.Stdout, [1, 2, 3]);

        for (var length = 0; length < bytes.Length; length++)
        {
            Frame.TryRead(bytes.AsSpan(0, length), out _, out var used).ShouldBeFalse();
            used.ShouldBe(0);
        }

        Frame.TryRead(bytes, out var frame, out var all).ShouldBeTrue();
        frame.Payload.ShouldBe([1, 2, 3]);
        all.ShouldBe(bytes.Length);
    }

    [Theory]
    [InlineData(Frame.LongestPayload + 1u)]
    [InlineData(0x8000_0000u)]
    [InlineData(uint.MaxValue)]
    public void A_length_that_no_frame_has_is_refused_at_once(uint length)
    {
        byte[] head = [(byte)FrameType.Stdout, .. BitConverter.GetBytes(length)];

        Should.Throw<InvalidDataException>(() => Frame.TryRead(head, out _, out _));
    }

    [Fact]
    public void A_payload_that_no_frame_may_have_is_not_written() =>
        Should.Throw<InvalidDataException>(() => FrameWriter.Of(FrameType.Stdin, new byte[Frame.LongestPayload + 1]));

    [Fact]
    public void Fields_come_back_as_they_went()
    {
        var frame = new FrameWriter(FrameType.Run).U8(1).U16(2).U32(uint.MaxValue).U64(ulong.MaxValue - 1).Bytes("a\0b"u8).ToArray();
        Frame.TryRead(frame, out var read, out _).ShouldBeTrue();

        var fields = read.Fields();
        fields.U8().ShouldBe((byte)1);
        fields.U16().ShouldBe((ushort)2);
        fields.U32().ShouldBe(uint.MaxValue);
        fields.U64().ShouldBe(ulong.MaxValue - 1);
        fields.Bytes().ToArray().ShouldBe("a\0b"u8.ToArray());
        fields.Rest.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_field_that_claims_more_than_there_is_is_refused() =>
        Should.Throw<InvalidDataException>(() => new FrameFields([255, 255, 255, 255, 1]).Bytes().ToArray());

    [Fact]
    public void The_greeting_is_found_behind_whatever_a_shell_has_printed_and_frames_follow_it()
    {
        byte[] bytes = [.. "Welcome!\n\0 FERRY\n"u8, .. "\0FERRY 1 abc\n"u8, .. FrameWriter.Of(FrameType.Ping)];
        var reader = new FrameReader(new PiecewiseStream(bytes, new Random(1)));

        reader.ReadGreeting().ShouldBe(["1", "abc"]);
        reader.Chatter.ShouldBe("Welcome!\n\0 FERRY\n");
        reader.Read().ShouldNotBeNull().Type.ShouldBe(FrameType.Ping);
    }

    [Fact]
    public void Without_a_greeting_the_shells_words_are_kept()
    {
        var reader = new FrameReader(new MemoryStream("sh: ./agent: not found\n"u8.ToArray()));

        reader.ReadGreeting().ShouldBeNull();
        reader.Chatter.ShouldBe("sh: ./agent: not found\n");
    }

    private static Frame RandomFrame(Random random)
    {
        var payload = new byte[random.Next(4) == 0 ? random.Next(200_000) : random.Next(20)];
        random.NextBytes(payload);
        return new Frame((FrameType)random.Next(256), payload);
    }
}
