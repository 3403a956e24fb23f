using Ferry.Lab;
using Ferry.Packages.Formats;

namespace Ferry.Tests.Packages;

public sealed class XzFileTests
{
    private const int Limit = 256 << 20;

    public static TheoryData<string> Options => ["-0", "-6", "-9e", "--check=none", "--check=crc32", "--check=sha256", "--block-size=4000", "--lzma2=lc=0,lp=2,pb=0", "--lzma2=lc=1,lp=3,pb=4,nice=8"];

    [Theory]
    [MemberData(nameof(Options))]
    public void What_xz_packs_is_unpacked(string option)
    {
        Assert.SkipUnless(Tools.Has("xz"), "no xz here");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        byte[][] contents = [[], [7], Text(random, 100_000), Noise(random, 70_000), [.. Text(random, 3000), .. Noise(random, 200_000), .. new byte[300_000]], File.ReadAllBytes("/bin/sh")];
        foreach (var content in contents)
        {
            var packed = Run.Process("xz", ["-c", option], input: content).ShouldExitWith(0).OutputBytes;
            XzFile.Decompress(packed, Limit).AsSpan().SequenceEqual(content).ShouldBeTrue($"seed {seed}, {content.Length} bytes");
        }
    }

    [Fact]
    public void Several_streams_with_padding_are_one_text()
    {
        Assert.SkipUnless(Tools.Has("xz"), "no xz here");
        var one = Run.Process("xz", ["-c"], input: "first "u8.ToArray()).OutputBytes;
        var two = Run.Process("xz", ["-c"], input: "second"u8.ToArray()).OutputBytes;
        XzFile.Decompress([.. one, 0, 0, 0, 0, .. two], Limit).ShouldBe("first second"u8.ToArray());
    }

    [Fact]
    public void Damage_anywhere_is_noticed_and_nothing_worse()
    {
        Assert.SkipUnless(Tools.Has("xz"), "no xz here");
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var content = Text(random, 20_000);
        var packed = Run.Process("xz", ["-c"], input: content).OutputBytes;
        for (var i = 0; i < 400; i++)
        {
            var at = random.Next(packed.Length);
            var damaged = packed.ToArray();
            damaged[at] ^= (byte)(1 << random.Next(8));
            Should.Throw<InvalidDataException>(() => XzFile.Decompress(damaged, Limit), $"seed {seed}, byte {at}");
        }

        for (var length = 1; length < packed.Length; length += 7)
        {
            Should.Throw<InvalidDataException>(() => XzFile.Decompress(packed.AsSpan(0, length), Limit), $"seed {seed}, length {length}");
        }
    }

    [Fact]
    public void More_than_was_expected_is_refused()
    {
        Assert.SkipUnless(Tools.Has("xz"), "no xz here");
        var packed = Run.Process("xz", ["-c"], input: new byte[5_000_000]).OutputBytes;
        Should.Throw<InvalidDataException>(() => XzFile.Decompress(packed, 1 << 20)).Message.ShouldBe("more than 1 MB");
    }

    private static byte[] Noise(Random random, int size)
    {
        var bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Text(Random random, int size)
    {
        string[] words = ["aarch64", "armhf", "libssl", " ", "\n", "=", "/usr/include/", "0", "1"];
        return [.. Enumerable.Range(0, size / 4).SelectMany(_ => System.Text.Encoding.ASCII.GetBytes(words[random.Next(words.Length)]))];
    }
}
