using System.IO.Compression;

namespace Ferry.Delta.Tests;

public class RebuiltProgramTests
{
    public static TheoryData<string, string, bool> All =>
    [
        .. from target in new[] { "aarch64-unknown-linux-musl", "armv7-unknown-linux-musleabihf", "arm-unknown-linux-musleabihf", "x86_64-unknown-linux-musl" }
           from options in new[] { "", "-O" }
           from named in new[] { true, false }
           select new TheoryDataRow<string, string, bool>(target, options, named),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void An_edit_is_a_small_patch_that_the_device_undoes(string target, string options, bool named)
    {
        var (old, fresh) = Versions.Of(target, options, named);
        var patch = Patch.Make(old, fresh);
        TestContext.Current.TestOutputHelper!.WriteLine($"{fresh.Length} bytes, deflated {Deflated(fresh)}, patch {patch.Length}");

        Patch.Apply(old, patch).ShouldBe(fresh);
        DevicePatch.Apply(old, patch).ShouldBe(fresh);
        ((long)patch.Length).ShouldBeLessThan(Deflated(fresh) / (named ? 13 : 8));
    }

    private static long Deflated(byte[] bytes)
    {
        using var all = new MemoryStream();
        using (var deflate = new DeflateStream(all, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return all.Length;
    }
}
