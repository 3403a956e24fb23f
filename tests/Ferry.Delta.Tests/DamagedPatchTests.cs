using Ferry.Lab;

namespace Ferry.Delta.Tests;

public class DamagedPatchTests
{
    private const int HeaderLength = 76;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 32)];

    [Fact]
    public void A_patch_for_another_file_is_refused()
    {
        var (old, fresh) = Files();
        var patch = Patch.Make(old, fresh);
        old[1000] ^= 1;
        Should.Throw<DeltaFormatException>(() => Patch.Apply(old, patch)).Message.ShouldBe("a patch for another file");
    }

    [Fact]
    public void What_is_no_patch_is_refused()
    {
        Should.Throw<DeltaFormatException>(() => Patch.Apply(Array.Empty<byte>(), Array.Empty<byte>()));
        Should.Throw<DeltaFormatException>(() => Patch.Apply(Array.Empty<byte>(), new byte[200]));
        DevicePatch.Apply([], new byte[200]).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Damage_is_noticed_and_breaks_nothing(int seed)
    {
        var (old, fresh) = Files();
        var patch = Patch.Make(old, fresh);
        var random = new Random(seed);
        if (seed % 4 == 0)
        {
            patch = patch[..random.Next(HeaderLength, patch.Length - 1)];
        }
        else
        {
            patch[random.Next(HeaderLength, Math.Min(patch.Length, HeaderLength + (seed % 3 == 0 ? 60 : 4000)))] ^= (byte)(1 << random.Next(8));
        }

        Should.Throw<DeltaFormatException>(() => Patch.Apply(old, patch));
        // The device's half leaves it to the hash to tell; it must end, and in order.
        (DevicePatch.Apply(old, patch)?.AsSpan().SequenceEqual(fresh) ?? false).ShouldBeFalse();
    }

    private static (byte[] Old, byte[] New) Files()
    {
        var (one, other) = (System("usr/bin/sed"), System("usr/bin/find"));
        Assert.SkipUnless(File.Exists(one) && File.Exists(other), $"no {one}; ./test makes it");
        return (File.ReadAllBytes(one), File.ReadAllBytes(other));

        static string System(string file) => Path.Combine(Repository.Cache, "systems", "arm64", file);
    }
}
