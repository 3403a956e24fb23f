using System.Text.Json;
using Ferry.Lab;

namespace Ferry.EndToEnd.Inspecting;

/// <summary><c>ferry inspect</c> as a user types it.</summary>
public sealed class InspectTests : IDisposable
{
    private readonly FerryTool ferry = new();

    public void Dispose() => ferry.Dispose();

    [Fact]
    public void Piped_it_is_plain_and_on_a_terminal_it_draws()
    {
        var piped = ferry.Run("inspect", Armhf).ShouldExitWith(0);
        piped.Errors.ShouldBeEmpty();
        piped.Output.ShouldStartWith("'bash' is a program for 32-bit ARM Linux (ARMv7, hard float) with glibc 2.36 or later\n");
        piped.Output.ShouldMatch(@"(?m)^ +\d+ +\d+[.]\d% +[.]text$");
        using var terminal = new TerminalProcess(ferry, ferry.Home, "inspect", Armhf);
        terminal.WaitFor("code by function");
        terminal.End().ShouldBe(0);
        terminal.Output.ShouldMatch(@"[.]text +\d+ kB +\d+[.]\d% +█+");
    }

    [Fact]
    public void The_json_holds_what_the_reference_promises()
    {
        var result = ferry.Run("inspect", Armhf, "--json").ShouldExitWith(0);
        result.Errors.ShouldBeEmpty();
        var root = JsonDocument.Parse(result.Output).RootElement;
        root.GetProperty("schema").GetInt32().ShouldBe(1);
        root.GetProperty("kind").GetString().ShouldBe("program");
        var elf = root.GetProperty("elf");
        elf.GetProperty("linkage").GetString().ShouldBe("dynamic-pie");
        elf.GetProperty("floatAbi").GetProperty("attributes").GetString().ShouldBe("hard");
        elf.GetProperty("sections").EnumerateArray().Sum(section => section.GetProperty("inFile").GetBoolean() ? section.GetProperty("size").GetInt64() : 0).ShouldBeLessThanOrEqualTo(root.GetProperty("size").GetInt64());
        var reference = File.ReadAllText(Repository.PathOf("docs", "reference", "inspect.md"));
        root.EnumerateObject().Concat(elf.EnumerateObject()).Select(property => property.Name).ShouldAllBe(name => reference.Contains("`" + name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_device_that_cannot_run_it_ends_with_5_and_one_that_can_with_0()
    {
        var refused = ferry.Run("inspect", Arm64, "--on", "emulator:cortex-a7").ShouldExitWith(5);
        refused.Output.ShouldContain("will not start: 'bash' is a 64-bit little-endian aarch64 program, but device 'emulator:cortex-a7' runs 32-bit little-endian arm ones\n");
        refused.Output.ShouldContain("\ncause: ");
        refused.Errors.ShouldBeEmpty();
        var json = JsonDocument.Parse(ferry.Run("inspect", Arm64, "--on", "emulator:cortex-a7", "--json").ShouldExitWith(5).Output).RootElement;
        json.GetProperty("findings")[0].GetProperty("id").GetString().ShouldBe("width");
        json.GetProperty("findings")[0].GetProperty("severity").GetString().ShouldBe("error");
        ferry.Run("inspect", Place("systems/armhf/usr/bin/true"), "--on", "emulator:cortex-a7").ShouldExitWith(0).Output.ShouldContain("nothing stands against it on device 'emulator:cortex-a7'");
    }

    [Fact]
    public void Objects_and_archives_are_held_against_what_a_devices_programs_are_made_of()
    {
        var soft = ferry.Run("inspect", Place("objects/armel/usr/lib/arm-linux-gnueabi/libz.a"), "--on", "emulator:cortex-a7").ShouldExitWith(5);
        soft.Output.ShouldContain("will not start: 'libz.a(adler32.o)' is soft-float, but the programs of device 'emulator:cortex-a7' are hard-float");
        ferry.Run("inspect", Place("objects/armhf/usr/lib/arm-linux-gnueabihf/libz.a"), "--on", "emulator:cortex-a7").ShouldExitWith(0);
        ferry.Run("inspect", Place("objects/armhf/usr/lib/arm-linux-gnueabihf/libz.a"), "--on", "emulator:arm1176").ShouldExitWith(0)
            .Output.ShouldContain("may crash: 'libz.a(adler32.o)' was compiled for ARMv7 and later");
    }

    [Fact]
    public void What_is_no_such_file_or_device_is_said_as_rustc_would()
    {
        File.WriteAllText(Path.Combine(ferry.Home, "script"), "#!/bin/sh\n");
        ferry.Run("inspect", "script").ShouldExitWith(1).Errors.ShouldBe("error: 'script' is no ELF file and no archive\ncause: it is a script for /bin/sh\n");
        ferry.Run("inspect", "nothing").ShouldExitWith(1).Errors.ShouldBe("error: there is no file 'nothing'\n");
        ferry.Run("inspect", Armhf, "--on", "emulatr").ShouldExitWith(2).Errors.ShouldContain("did you mean 'emulator'?");
        ferry.Run("inspect").ShouldExitWith(2);
    }

    private static string Armhf => Place("systems/armhf/usr/bin/bash");

    private static string Arm64 => Place("systems/arm64/usr/bin/bash");

    private static string Place(string file)
    {
        var path = Path.Combine(Repository.Cache, file);
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        return path;
    }
}
