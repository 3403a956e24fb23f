using Ferry.Elf;
using Ferry.Lab;

namespace Ferry.Devices.Tests;

/// <summary>Programs of unpacked Debian systems, held against recorded devices.</summary>
public class ProgramCheckTests
{
    [Theory]
    [InlineData("armhf", "pi3-armhf-under-64-bit-kernel")]
    [InlineData("arm64", "pi4-arm64")]
    public void A_program_of_the_device_s_own_system_is_fine(string system, string device) =>
        ProgramCheck.Of(Program(system), "bash", Device(system, device)).ShouldBeEmpty();

    [Theory]
    [InlineData("armhf", "pi4-arm64", "narrow-program", "'bash' is a 32-bit little-endian arm program, but device 'pi' runs 64-bit little-endian aarch64 ones")]
    [InlineData("amd64", "pi4-arm64", "machine", "'bash' is a 64-bit little-endian x86-64 program, but device 'pi' runs 64-bit little-endian aarch64 ones")]
    [InlineData("arm64", "pi3-armhf-under-64-bit-kernel", "wide-userland", "'bash' is a 64-bit little-endian aarch64 program, but device 'pi' runs 32-bit little-endian arm ones")]
    public void A_program_for_another_machine_is_one_finding(string system, string device, string id, string message)
    {
        var finding = ProgramCheck.Of(Program(system), "bash", new DeviceFacts { Name = "pi", Profile = Cases.Profile(device) }).ShouldHaveSingleItem();
        finding.Id.ShouldBe(id);
        finding.Severity.ShouldBe(Severity.Error);
        finding.Message.ShouldBe(message);
        finding.Help.ShouldBe("build it for the device: ferry build --on pi");
    }

    [Fact]
    public void Code_for_ARMv7_is_refused_on_an_ARMv6()
    {
        var finding = ProgramCheck.Of(Program("armhf"), "bash", Device("armhf", "pi-zero-raspbian")).ShouldHaveSingleItem();
        finding.Id.ShouldBe("processor");
        finding.Message.ShouldBe("'bash' is for ARMv7 and later, but the processor of device 'pi' is an ARMv6");
    }

    [Fact]
    public void Code_for_ARMv7_in_a_program_that_says_nothing_of_itself_is_refused_on_an_ARMv6_unless_it_is_allowed()
    {
        // As if lld had kept the attributes of another object.
        var bytes = Built.Bytes("armv7-unknown-linux-musleabihf", Built.Hello);
        bytes[(int)ElfFile.Read(bytes).Sections.Single(section => section.Type == ElfSectionType.ArmAttributes).Offset] = 0;
        var program = ElfFile.Read(bytes);
        var device = Device("armhf", "pi-zero-raspbian");
        var finding = ProgramCheck.Of(program, "app", device).ShouldHaveSingleItem();
        finding.Id.ShouldBe("instruction");
        finding.Severity.ShouldBe(Severity.Error);
        finding.Message.ShouldStartWith("'app' has instructions that the ");
        finding.Message.ShouldEndWith(" lacks: ARMv7, VFPv3");
        finding.Cause!.ShouldContain(" for ARMv7\n");
        ProgramCheck.Of(program, "app", device with { NewerCodeIsAllowed = true }).ShouldAllBe(one => one.Severity == Severity.Warning);
        ProgramCheck.Of(program, "app", Device("armhf", "pi3-armhf-under-64-bit-kernel")).ShouldBeEmpty();
    }

    [Fact]
    public void A_soft_float_device_refuses_a_hard_float_program()
    {
        var device = Device("armhf", "pi3-armhf-under-64-bit-kernel");
        var soft = device with { Profile = device.Profile with { Userland = device.Profile.Userland with { HardFloat = false } } };
        ProgramCheck.Of(Program("armhf"), "bash", soft).ShouldHaveSingleItem().Id.ShouldBe("float-abi");
    }

    [Fact]
    public void Hard_float_code_is_refused_by_a_processor_without_a_floating_point_unit()
    {
        var zero = Cases.Profile("board-zero");
        var without = new DeviceFacts { Name = "nas", Profile = zero with { Aux = zero.Aux with { Hwcap = 0x97 } } };
        var program = Built.Program("arm-unknown-linux-musleabihf", Built.Hello);
        ProgramCheck.Of(program, "hello", new DeviceFacts { Name = "zero", Profile = zero }).ShouldBeEmpty();
        var finding = ProgramCheck.Of(program, "hello", without).ShouldHaveSingleItem();
        finding.Id.ShouldBe("float-unit");
        finding.Message.ShouldBe("'hello' is hard-float, but the processor of device 'nas' has no floating-point unit");
    }

    [Fact]
    public void A_loader_that_is_not_there_is_named()
    {
        var device = Device("arm64", "pi4-arm64");
        var musl = device with { Profile = device.Profile with { Libc = new() { Interpreter = "/lib/ld-musl-aarch64.so.1", Loaders = ["/lib/ld-musl-aarch64.so.1"] } } };
        var finding = ProgramCheck.Of(Program("arm64"), "bash", musl)[0];
        finding.Message.ShouldBe("'bash' needs the loader /lib/ld-linux-aarch64.so.1, which device 'pi' does not have");
        finding.Cause.ShouldBe("loaders that were found there: /lib/ld-musl-aarch64.so.1");
    }

    [Fact]
    public void A_library_that_is_not_there_is_named_with_the_folders_that_were_searched()
    {
        var device = Device("arm64", "pi4-arm64");
        var without = device with { Libraries = new Dictionary<string, LibraryFacts>(), Profile = device.Profile with { LibraryFolders = [.. device.Profile.LibraryFolders.Select(folder => folder with { Names = [.. folder.Names.Where(name => !name.StartsWith("libtinfo"))] })] } };
        var finding = ProgramCheck.Of(Program("arm64"), "bash", without).ShouldHaveSingleItem();
        finding.Message.ShouldBe("'bash' needs libtinfo.so.6, which device 'pi' does not have");
        finding.Cause.ShouldBe("not in /lib/aarch64-linux-gnu, /usr/lib/aarch64-linux-gnu, /lib, /usr/lib");
    }

    [Fact]
    public void A_library_that_goes_along_is_found_and_what_it_needs_is_asked_for_too()
    {
        var device = Device("arm64", "pi4-arm64");
        var along = device with
        {
            Libraries = new Dictionary<string, LibraryFacts> { ["libc.so.6"] = device.Libraries["libc.so.6"] },
            Profile = device.Profile with { LibraryFolders = [.. device.Profile.LibraryFolders.Select(folder => folder with { Names = ["libc.so.6"] })] },
            Along = new Dictionary<string, LibraryFacts>
            {
                ["libtinfo.so.6"] = new() { Name = "libtinfo.so.6", Versions = ["NCURSES6_TINFO_5.0.19991023"], Needed = ["libbelow.so"], Wants = [new("libc.so.6", "GLIBC_2.99", "deep", false)] },
                ["libbelow.so"] = new() { Name = "libbelow.so", Needed = ["libbottom.so.1", "libtinfo.so.6"] },
            },
        };
        var findings = ProgramCheck.Of(Program("arm64"), "bash", along);
        findings.Select(finding => finding.Message).ShouldBe(["'bash' needs GLIBC_2.99, but device 'pi' has 2.36", "'bash' needs libbottom.so.1, which device 'pi' does not have"]);
        findings[0].Cause.ShouldBe("symbol deep@GLIBC_2.99, wanted by libtinfo.so.6");
        findings[1].Cause!.ShouldStartWith("wanted by libbelow.so; not in ");
    }

    [Fact]
    public void A_newer_glibc_than_the_device_s_is_named_with_a_symbol_that_wants_it()
    {
        var device = Device("arm64", "pi4-arm64");
        var libc = device.Libraries["libc.so.6"];
        var older = libc with { Versions = [.. libc.Versions.Where(version => version is not ("GLIBC_2.33" or "GLIBC_2.34" or "GLIBC_2.35" or "GLIBC_2.36"))] };
        var finding = ProgramCheck.Of(Program("arm64"), "bash", device with { Libraries = new Dictionary<string, LibraryFacts> { ["libc.so.6"] = older } }).ShouldHaveSingleItem();
        finding.Message.ShouldBe("'bash' needs GLIBC_2.36, but device 'pi' has 2.32");
        finding.Cause!.ShouldBe("symbol arc4random@GLIBC_2.36; 2 older versions are missing, too");
        finding.Help.ShouldBe("link against the device's own libraries: ferry build --on pi");
    }

    [Fact]
    public void A_static_program_needs_neither_loader_nor_libraries()
    {
        var program = Built.Program("aarch64-unknown-linux-musl", Built.Hello);
        ProgramCheck.Of(program, "hello", new DeviceFacts { Name = "pi", Profile = Bare("aarch64", 64) }).ShouldBeEmpty();
        ProgramCheck.Of(program, "hello", new DeviceFacts { Name = "pi", Profile = Cases.Profile("pi3-armhf-under-64-bit-kernel") }).ShouldBeEmpty("a 64-bit kernel runs it");
        ProgramCheck.Of(program, "hello", new DeviceFacts { Name = "pi", Profile = Cases.Profile("pi-zero-raspbian") }).ShouldHaveSingleItem().Id.ShouldBe("width");
    }

    [Fact]
    public void A_program_for_a_static_target_that_is_not_static_is_refused_and_what_it_needs_is_named()
    {
        var finding = ProgramCheck.Of(Program("arm64"), "bash", Device("arm64", "pi4-arm64") with { Profile = Bare("aarch64", 64) }, isForStaticTarget: true)[0];
        finding.Id.ShouldBe("not-static");
        finding.Severity.ShouldBe(Severity.Error);
        finding.Message.ShouldBe("'bash' is not static: it needs the loader /lib/ld-linux-aarch64.so.1, libtinfo.so.6, libc.so.6, ld-linux-aarch64.so.1");
        ProgramCheck.Of(Program("arm64"), "bash", Device("arm64", "pi4-arm64"), isForStaticTarget: true)
            .ShouldHaveSingleItem("it runs there all the same").Severity.ShouldBe(Severity.Warning);
        StaticCheck.IsStatic(Built.Program("aarch64-unknown-linux-musl", Built.Hello)).ShouldBeTrue();
        ProgramCheck.Of(Built.Program("aarch64-unknown-linux-musl", Built.Hello), "hello", Device("arm64", "pi4-arm64"), isForStaticTarget: true).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_not_known_of_a_device_stops_nothing() =>
        ProgramCheck.Of(Built.Program("aarch64-unknown-linux-musl", Built.Hello), "hello", new DeviceFacts { Name = "pi", Profile = new() }).ShouldBeEmpty();

    [Fact]
    public void An_object_file_is_not_a_program()
    {
        var bytes = File.ReadAllBytes(PathOf("arm64", "bin/bash"));
        bytes[16] = 1;
        ProgramCheck.Of(ElfFile.Read(bytes), "bash.o", new DeviceFacts { Name = "pi", Profile = Cases.Profile("pi4-arm64") }).ShouldHaveSingleItem().Id.ShouldBe("not-a-program");
    }

    [Fact]
    public void An_older_kernel_than_the_program_is_marked_for_is_a_warning()
    {
        var device = Device("arm64", "pi4-arm64");
        var old = device with { Profile = device.Profile with { Kernel = new() { Machine = "aarch64", Release = "3.2.0-rc1" } } };
        var finding = ProgramCheck.Of(Program("arm64"), "bash", old).ShouldHaveSingleItem();
        finding.Severity.ShouldBe(Severity.Warning);
        finding.Message.ShouldBe("'bash' is marked for Linux 3.7.0 and later, but device 'pi' has 3.2.0-rc1");
    }

    private static DeviceProfile Bare(string machine, int bits) => new() { Userland = new() { Machine = machine, Bits = bits, BigEndian = false, Source = "/bin/sh" } };

    private static ElfFile Program(string system) => ElfFile.Read(File.ReadAllBytes(PathOf(system, "bin/bash")));

    private static DeviceFacts Device(string system, string device) => new()
    {
        Name = "pi",
        Profile = Cases.Profile(device),
        Libraries = Directory.EnumerateFiles(PathOf(system, "lib"), "lib*.so.*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is "libc.so.6" or "libm.so.6" or "libtinfo.so.6" or "libgcc_s.so.1")
            .Select(file => LibraryFacts.Of(Path.GetFileName(file), ElfFile.Read(File.ReadAllBytes(file)))).DistinctBy(library => library.Name).ToDictionary(library => library.Name),
    };

    private static string PathOf(string system, string path)
    {
        var folder = Path.Combine(Repository.Cache, "systems", system);
        Assert.SkipUnless(Directory.Exists(folder), $"no unpacked {system} system; ./test makes it");
        // /lib is a link to usr/lib, which an enumeration would not follow.
        return Path.Combine(folder, path == "lib" ? "usr/lib" : path);
    }
}
