using Ferry.Elf.Archives;
using Ferry.Lab;

namespace Ferry.Elf.Tests.Archives;

public sealed class ArchiveTests
{
    private const int Seed = 7;

    public static TheoryData<string> Formats => ["gnu", "bsd"];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Members_are_what_ar_put_in(string format)
    {
        using var folder = new TemporaryFolder();
        var archive = ElfArchive.Read(Make(folder, format));
        archive.IsThin.ShouldBeFalse();
        archive.Members.Select(member => member.Name).ShouldBe(["short.o", "a member with a rather long name.o", "odd", "short.o"]);
        archive.Members.Select(member => member.Content.Length).ShouldBe([4, 1000, 3, 6]);
        archive.Members[1].Content.Span.IndexOfAnyExcept((byte)'x').ShouldBe(-1);
    }

    [Fact]
    public void A_thin_archive_names_its_members()
    {
        using var folder = new TemporaryFolder();
        Make(folder, "gnu");
        Ar("crT", folder["thin.a"], folder["short.o"], folder["a member with a rather long name.o"]);
        var archive = ElfArchive.Read(File.ReadAllBytes(folder["thin.a"]));
        archive.IsThin.ShouldBeTrue();
        archive.Members.Select(member => Path.GetFileName(member.Name)).ShouldBe(["short.o", "a member with a rather long name.o"]);
        archive.Members.ShouldAllBe(member => member.Content.IsEmpty);
    }

    [Fact]
    public void An_rlib_has_the_objects_of_its_crate()
    {
        var rlib = Directory.EnumerateFiles(Path.Combine(Repository.Cache, "toolchain", "lib", "rustlib", "arm-unknown-linux-musleabihf", "lib"), "libstd-*.rlib").Single();
        var objects = ElfArchive.Read(File.ReadAllBytes(rlib)).Members.Where(member => member.Name.EndsWith(".o", StringComparison.Ordinal)).ToList();
        objects.ShouldNotBeEmpty();
        objects.ShouldAllBe(member => ElfFile.Read(member.Content).Machine == ElfMachine.Arm);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Whatever_the_damage_it_ends_in_members_or_in_the_readers_own_error(string format)
    {
        using var folder = new TemporaryFolder();
        var whole = Make(folder, format);
        for (var round = 0; round < 5000; round++)
        {
            var random = new Random(Seed + round);
            var bytes = whole[..(round % 3 == 0 ? random.Next(whole.Length) : whole.Length)];
            for (var i = random.Next(1, 8); i > 0 && bytes.Length > 0; i--)
            {
                bytes[random.Next(Math.Min(bytes.Length, random.Next(2) == 0 ? 200 : bytes.Length))] = (byte)random.Next(256);
            }

            try
            {
                ElfArchive.Read(bytes).Members.Sum(member => member.Name.Length + member.Content.Length).ShouldBeGreaterThanOrEqualTo(0);
            }
            catch (ElfFormatException)
            {
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"not the reader's own error: seed {Seed + round}", e);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("!<arch>")]
    [InlineData("\u007fELF")]
    public void What_is_no_archive_is_none(string text) =>
        Should.Throw<ElfFormatException>(() => ElfArchive.Read(System.Text.Encoding.Latin1.GetBytes(text)));

    private static byte[] Make(TemporaryFolder folder, string format)
    {
        Directory.CreateDirectory(folder["again"]);
        File.WriteAllText(folder["short.o"], "abcd");
        File.WriteAllText(folder["again/short.o"], "abcdef");
        File.WriteAllText(folder["odd"], "odd");
        File.WriteAllText(folder["a member with a rather long name.o"], new string('x', 1000));
        Ar("--format=" + format, "qc", folder["lib.a"], folder["short.o"], folder["a member with a rather long name.o"], folder["odd"], folder["again/short.o"]);
        return File.ReadAllBytes(folder["lib.a"]);
    }

    private static void Ar(params string[] arguments)
    {
        var ar = Run.Process("/bin/sh", ["-c", "command -v llvm-ar"]).Output.Trim();
        Assert.SkipUnless(ar.Length > 0, "no llvm-ar; ./test installs it");
        Run.Process(ar, arguments).ShouldExitWith(0);
    }
}
