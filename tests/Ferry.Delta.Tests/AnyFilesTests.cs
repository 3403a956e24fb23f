using Ferry.Lab;

namespace Ferry.Delta.Tests;

public class AnyFilesTests
{
    private static readonly (string System, string File)[] Programs =
    [
        ("armhf", "usr/bin/find"), ("arm64", "usr/bin/find"), ("arm64", "usr/bin/sed"), ("amd64", "usr/bin/sed"),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    public static TheoryData<string, string, string, string> Pairs =>
    [
        .. from one in Programs
           from other in Programs
           select new TheoryDataRow<string, string, string, string>(one.System, one.File, other.System, other.File),
    ];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Of_any_file_any_other_can_be_made(string system, string file, string otherSystem, string other) =>
        ShouldArrive(Read(system, file), Read(otherSystem, other));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_is_done_to_a_program_arrives(int seed)
    {
        var random = new Random(seed);
        var (system, file) = Programs[random.Next(Programs.Length)];
        var old = Read(system, file);
        ShouldArrive(old, Edited(old, random));
        ShouldArrive(Edited(old, random), old);
    }

    [Fact]
    public void Empty_files_and_short_ones_arrive()
    {
        byte[][] files = [[], [7], [0x7f, (byte)'E', (byte)'L', (byte)'F'], new byte[5], new byte[70_000], [.. "words, words, words, words, words, words"u8]];
        foreach (var old in files)
        {
            foreach (var fresh in files)
            {
                ShouldArrive(old, fresh);
            }
        }
    }

    [Fact]
    public void The_same_file_again_costs_next_to_nothing()
    {
        var file = Read("arm64", "usr/bin/find");
        Patch.Make(file, file).Length.ShouldBeLessThan(1000);
    }

    private static void ShouldArrive(byte[] old, byte[] fresh)
    {
        var patch = Patch.Make(old, fresh);
        Patch.Apply(old, patch).AsSpan().SequenceEqual(fresh).ShouldBeTrue();
        DevicePatch.Apply(old, patch).AsSpan().SequenceEqual(fresh).ShouldBeTrue();
    }

    private static byte[] Edited(byte[] bytes, Random random)
    {
        var edited = bytes.ToList();
        for (var i = random.Next(1, 12); i > 0; i--)
        {
            var at = random.Next(edited.Count);
            var length = Math.Min(random.Next(1, random.Next(2, 20_000)), edited.Count - at - 1);
            switch (random.Next(5))
            {
                case 0:
                    edited.RemoveRange(at, length);
                    break;
                case 1:
                    edited.InsertRange(at, edited.GetRange(random.Next(edited.Count - length), length));
                    break;
                case 2:
                    edited.InsertRange(at, Enumerable.Range(0, length).Select(_ => (byte)random.Next(256)).ToList());
                    break;
                case 3:
                    edited[at] ^= (byte)(1 << random.Next(8));
                    break;
                default:
                    edited.Reverse(at, Math.Min(length, 64));
                    break;
            }
        }

        return [.. edited];
    }

    private static byte[] Read(string system, string file)
    {
        var path = Path.Combine(Repository.Cache, "systems", system, file);
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        return File.ReadAllBytes(path);
    }
}
