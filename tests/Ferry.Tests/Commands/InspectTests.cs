using Ferry.Commands.Inspecting;
using Ferry.Lab;
using Ferry.Terminal;

namespace Ferry.Tests.Commands;

/// <summary>What <c>ferry inspect</c> says of real files, and of those that are none.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("systems/armhf/usr/bin/bash", "'bash' is a program for 32-bit ARM Linux (ARMv7, hard float) with glibc 2.36 or later")]
    [InlineData("systems/arm64/usr/bin/bash", "'bash' is a program for 64-bit ARM Linux with glibc 2.36 or later")]
    [InlineData("systems/amd64/usr/sbin/ldconfig", "'ldconfig' is a static program for 64-bit x86 Linux: it needs no loader and no libraries")]
    [InlineData("systems/armel/usr/bin/bash", "'bash' is a program for 32-bit ARM Linux (ARMv5TE, soft float) with glibc 2.36 or later")]
    [InlineData("foreign/usr/mips-linux-gnu/lib/libc.so.6", "'libc.so.6' is a shared library for 32-bit MIPS Linux (big-endian), a part of glibc")]
    [InlineData("foreign/usr/riscv64-linux-gnu/lib/libm.so.6", "'libm.so.6' is a shared library for 64-bit RISC-V Linux, a part of glibc")]
    [InlineData("systems/arm64/usr/lib/aarch64-linux-gnu/libz.so.1", "'libz.so.1' is a shared library for 64-bit ARM Linux with glibc 2.17 or later")]
    [InlineData("foreign/usr/arm-linux-gnueabi/lib/crt1.o", "'crt1.o' is an object for 32-bit ARM (ARMv5TE, soft float): compiled, and not linked yet")]
    [InlineData("objects/armhf/usr/lib/arm-linux-gnueabihf/libz.a", "'libz.a' is an archive of 15 objects for 32-bit ARM (ARMv7, hard float)")]
    public void A_sentence_says_what_a_file_is(string file, string sentence) => InspectedFile.Read(Place(file)).Report().Summary.ShouldBe(sentence);

    [Theory]
    [InlineData("systems/armhf/usr/bin/bash")]
    [InlineData("systems/arm64/usr/lib/aarch64-linux-gnu/libc.so.6")]
    [InlineData("objects/armhf/usr/lib/arm-linux-gnueabihf/libc.a")]
    public void The_page_fits_a_terminal_and_is_plain_elsewhere(string file)
    {
        var report = InspectedFile.Read(Place(file)).Report();
        var onTerminal = new InspectPage(report, new PageStyle(80, Colours: false, Whole: false)).Text();
        // Paths and names stay whole, so that they can be copied.
        onTerminal.Split('\n').Where(line => line.Length > 80).ShouldAllBe(line => line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries).Max(word => word.Length) > 60);
        onTerminal.ShouldContain("█");
        onTerminal.ShouldContain("--all shows them");
        var piped = new InspectPage(report, new PageStyle(null, Colours: false, Whole: true)).Text();
        piped.ShouldNotContain("█");
        piped.ShouldNotContain("--all");
        piped.ShouldNotContain("\e");
        new InspectPage(report, new PageStyle(80, Colours: true, Whole: false)).Text().ShouldContain("\e[1m'");
    }

    [Fact]
    public void Symbol_versions_come_with_the_symbols_that_need_them()
    {
        var versions = InspectedFile.Read(Place("systems/armhf/usr/bin/bash")).Report().Elf!.Versions;
        versions.Single(version => version is { Library: "libc.so.6", Version: "GLIBC_2.36" }).Symbols.ShouldBe(["arc4random"]);
        versions.Where(version => version.Library == "libc.so.6").Select(version => version.Version)
            .ShouldBe(["GLIBC_2.36", "GLIBC_2.34", "GLIBC_2.33", "GLIBC_2.28", "GLIBC_2.25", "GLIBC_2.15", "GLIBC_2.11", "GLIBC_2.8", "GLIBC_2.4"]);
    }

    [Theory]
    [InlineData("#!/bin/sh\necho", "it is a script for /bin/sh")]
    [InlineData("hello\n", "it is text")]
    [InlineData("MZ\0\u0001", "it is a program for Windows")]
    [InlineData("\u0001\u0002\u0003", "it begins with the bytes 01 02 03")]
    public void A_file_of_another_kind_is_told_as_what_it_is(string content, string cause)
    {
        File.WriteAllText(folder["file"], content);
        var error = Should.Throw<FerryException>(() => InspectedFile.Read(folder["file"]).Report());
        error.Message.ShouldBe($"'{folder["file"]}' is no ELF file and no archive");
        (error.Cause, error.Exit).ShouldBe((cause, ExitCode.Failed));
    }

    [Fact]
    public void A_script_with_the_line_ends_of_Windows_is_told_as_one()
    {
        File.WriteAllText(folder["file"], "#!/bin/sh\r\necho");
        var error = Should.Throw<FerryException>(() => InspectedFile.Read(folder["file"]).Report());
        error.Message.ShouldBe("'file' is a script with Windows' line ends: no device has the interpreter that its first line names");
        error.Cause.ShouldBe("the first line is \"#!/bin/sh\\r\"");
    }

    [Fact]
    public void What_cannot_be_read_is_said_with_its_name()
    {
        File.WriteAllBytes(folder["empty"], []);
        string Message(string path) => Should.Throw<FerryException>(() => InspectedFile.Read(path).Report()).Message;
        Message(folder["empty"]).ShouldBe($"'{folder["empty"]}' is empty, or no plain file");
        Message(folder["nothing"]).ShouldBe($"there is no file '{folder["nothing"]}'");
        Message(folder.Path).ShouldBe($"'{folder.Path}' is a folder");
        Message("/dev/null").ShouldContain("no plain file");
    }

    [Fact]
    public void A_file_that_was_cut_short_is_told_as_that()
    {
        var bytes = File.ReadAllBytes(Place("systems/armhf/usr/bin/bash"));
        File.WriteAllBytes(folder["half"], bytes[..(bytes.Length / 2)]);
        var error = Should.Throw<FerryException>(() => InspectedFile.Read(folder["half"]).Report());
        error.Message.ShouldBe($"'{folder["half"]}' was cut short");
        error.Cause.ShouldBe($"it has {bytes.Length / 2} bytes, and its headers speak of {bytes.Length}");
    }

    [Fact]
    public void Damaged_files_end_in_a_report_or_in_an_error_that_was_foreseen()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        foreach (var file in (string[])["systems/armhf/usr/bin/ls", "objects/armhf/usr/lib/arm-linux-gnueabihf/libz.a", "foreign/usr/arm-linux-gnueabi/lib/crt1.o"])
        {
            var original = File.ReadAllBytes(Place(file));
            for (var i = 0; i < 120; i++)
            {
                var bytes = (byte[])original.Clone();
                for (var n = 0; n < 4; n++)
                {
                    // Most of the meaning is at both ends: headers, tables.
                    var at = random.Next(3) == 0 ? random.Next(bytes.Length) : random.Next(2) == 0 ? random.Next(Math.Min(400, bytes.Length)) : bytes.Length - 1 - random.Next(Math.Min(2000, bytes.Length));
                    bytes[at] = (byte)random.Next(256);
                }

                File.WriteAllBytes(folder["damaged"], bytes);
                try
                {
                    new InspectPage(InspectedFile.Read(folder["damaged"]).Report(), new PageStyle(80, Colours: false, Whole: false)).Text().ShouldNotBeEmpty();
                }
                catch (FerryException e)
                {
                    e.Exit.ShouldBe(ExitCode.Failed, $"seed {Seed}, {file}, damage {i}");
                }
            }
        }
    }

    private static string Place(string file)
    {
        var path = Path.Combine(Repository.Cache, file);
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        return path;
    }
}
