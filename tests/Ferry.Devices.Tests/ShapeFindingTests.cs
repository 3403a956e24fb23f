using System.Text;
using Ferry.Elf;
using Ferry.Lab;

namespace Ferry.Devices.Tests;

/// <summary>Programs whose shape the kernel or the loader refuses, files that are none, and places where none runs.</summary>
public class ShapeFindingTests
{
    private const string Target = "aarch64-unknown-linux-musl";

    [Fact]
    public void Segments_for_pages_of_4_KiB_are_refused_by_a_kernel_with_16_KiB()
    {
        var pi5 = Pi(16384);
        var finding = ProgramCheck.Of(Built.Program(Target, Built.Hello, "-C", "link-arg=-zmax-page-size=4096"), "app", pi5).ShouldHaveSingleItem();
        finding.Id.ShouldBe("page-size");
        finding.Message.ShouldBe("'app' is laid out for pages of 4 KiB, but the kernel of device 'pi' has pages of 16 KiB");
        ProgramCheck.Of(Built.Program(Target, Built.Hello, "-C", "link-arg=-zmax-page-size=4096"), "app", Pi(4096)).ShouldBeEmpty();
        ProgramCheck.Of(Built.Program(Target, Built.Hello), "app", pi5).ShouldBeEmpty();
    }

    [Fact]
    public void Code_and_data_in_one_page_are_a_warning()
    {
        var program = Built.Program(Target, Built.Hello, "-C", "link-arg=-zmax-page-size=4096", "-C", "link-arg=-zseparate-loadable-segments");
        var finding = ProgramCheck.Of(program, "app", Pi(65536)).ShouldHaveSingleItem();
        finding.Id.ShouldBe("shared-page");
        finding.Severity.ShouldBe(Severity.Warning);
        ProgramCheck.Of(program, "app", Pi(4096)).ShouldBeEmpty();
    }

    [Fact]
    public void A_segment_that_is_writable_and_executable_is_a_note()
    {
        var finding = ProgramCheck.Of(Built.Program(Target, Built.Hello, "-C", "link-arg=--omagic"), "app", Pi(4096)).ShouldHaveSingleItem();
        finding.Id.ShouldBe("write-execute");
        finding.Severity.ShouldBe(Severity.Note);
    }

    [Fact]
    public void A_program_of_a_bare_linker_has_no_start()
    {
        var linker = Directory.EnumerateFiles(Path.Combine(Repository.Cache, "toolchain", "lib", "rustlib"), "rust-lld", SearchOption.AllDirectories).FirstOrDefault();
        Assert.SkipUnless(linker is not null, "no rust-lld; ./test makes it");
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["main.o"], Built.Bytes(Target, "#![no_std] #[no_mangle] pub extern \"C\" fn main() -> i32 { 0 }", "--crate-type", "lib", "--emit=obj", "-C", "panic=abort"));
        var libc = Path.Combine(Repository.Cache, "systems/arm64/usr/lib/aarch64-linux-gnu/libc.so.6");
        Assert.SkipUnless(File.Exists(libc), $"no {libc}; ./test makes it");

        var device = Pi(4096);
        var nowhere = Link("-pie", "-dynamic-linker", "/lib/ld-linux-aarch64.so.1").ShouldHaveSingleItem();
        nowhere.Id.ShouldBe("no-start");
        nowhere.Message.ShouldBe("'app' has no entry point");
        // As GNU ld does it: "defaulting to" the first byte of the code.
        Link("-pie", "-dynamic-linker", "/lib/ld-linux-aarch64.so.1", "-e", "main").ShouldHaveSingleItem().Message.ShouldBe("'app' has a main function, but no start-up code that calls it");
        Link("-pie", "-e", "main", "--no-dynamic-linker").ShouldHaveSingleItem().Message.ShouldBe("'app' needs libc.so.6, but names no loader that would bring it");
        Link("-shared").ShouldHaveSingleItem().Id.ShouldBe("not-a-program");

        IReadOnlyList<Finding> Link(params string[] options)
        {
            Run.Process(linker!, ["-flavor", "gnu", .. options, folder["main.o"], libc, "-o", folder["app"]]).ShouldExitWith(0);
            return ProgramCheck.Of(ElfFile.Read(File.ReadAllBytes(folder["app"])), "app", device);
        }
    }

    [Theory]
    [InlineData("aarch64-unknown-linux-musl")]
    [InlineData("armv7-unknown-linux-musleabihf")]
    public void An_allocator_for_smaller_pages_than_the_kernel_s_is_refused(string target)
    {
        // The function by which jemalloc itself tells for which pages it was built.
        const string Allocator = """
            #[no_mangle]
            #[inline(never)]
            pub extern "C" fn arenas_page_ctl(old: *mut usize) -> i32 { unsafe { *old = 4096 }; 0 }
            fn main() { let mut n = 0; arenas_page_ctl(&mut n); println!("{n}"); }
            """;
        var pi5 = Pi(16384);
        pi5 = target.StartsWith("armv7") ? pi5 with { Profile = Cases.Profile("board-pi3-32") with { Aux = Cases.Profile("board-pi3-32").Aux with { PageSize = 16384 } } } : pi5;
        var finding = ProgramCheck.Of(Built.Program(target, Allocator, "-O"), "app", pi5).ShouldHaveSingleItem();
        finding.Id.ShouldBe("allocator-pages");
        finding.Message.ShouldBe("'app' holds jemalloc for pages of 4 KiB, but the kernel of device 'pi' has pages of 16 KiB");
        ProgramCheck.Of(Built.Program(target, Allocator.Replace("4096", "65536"), "-O"), "app", pi5).ShouldBeEmpty();
    }

    [Fact]
    public void A_program_that_was_cut_short_is_named()
    {
        var bytes = Built.Bytes(Target, Built.Hello);
        var finding = ProgramCheck.Of(ElfFile.Read(bytes.AsMemory(0, bytes.Length / 4)), "app", Pi(4096)).ShouldHaveSingleItem();
        finding.Id.ShouldBe("truncated");
        finding.Cause!.ShouldEndWith($"the file ends at {bytes.Length / 4}");
        FileCheck.Of(new FileFacts { Size = 20, FirstBytes = bytes.AsMemory(0, 20) }, "app").ShouldHaveSingleItem().Id.ShouldBe("truncated");
        FileCheck.Of(new FileFacts { Size = bytes.Length, FirstBytes = bytes.AsMemory(0, 4096) }, "app").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("#!/bin/sh\r\necho hello\r\n", "script-line-ends", "the first line is \"#!/bin/sh\\r\"")]
    [InlineData("#!/bin/sh\necho hello\r\n", null, null)]
    [InlineData("#!/usr/bin/env -S python3 -u", null, null)]
    [InlineData("", "not-a-program", "it is empty")]
    [InlineData("PK\u0003\u0004", "not-a-program", "it begins with \"PK\\x03\\x04\", not with an ELF header or #!")]
    public void Files_that_are_no_ELF_are_told_by_their_first_bytes(string content, string? id, string? cause)
    {
        var findings = FileCheck.Of(new FileFacts { FirstBytes = Encoding.Latin1.GetBytes(content) }, "run.sh");
        findings.Select(finding => finding.Id).ShouldBe(id is null ? [] : [id]);
        findings.Select(finding => finding.Cause).ShouldBe(id is null ? [] : [cause]);
    }

    [Fact]
    public void The_place_must_let_the_program_run_and_have_room()
    {
        var device = Pi(4096);
        var program = Built.Program(Target, Built.Hello);
        Place(new FileFacts { Size = 1 << 20, Mode = 0x1ed }).ShouldBeEmpty();
        var large = Place(new FileFacts { Size = 1L << 40 }).ShouldHaveSingleItem();
        large.Id.ShouldBe("no-space");
        large.Severity.ShouldBe(Severity.Warning);
        Place(new FileFacts { Mode = 0x1a4 }).ShouldHaveSingleItem().Id.ShouldBe("not-executable");
        var closed = device.Profile with { Folders = [new() { Path = "/mnt/usb", MountOptions = ["rw", "noexec"] }] };
        device = device with { Profile = closed };
        var finding = Place(new FileFacts { Folder = "/mnt/usb" }).ShouldHaveSingleItem();
        finding.Id.ShouldBe("noexec");
        finding.Cause.ShouldBe("/mnt/usb is on a file system that is mounted rw,noexec");
        device = device with { Profile = closed with { Folder = null, RefusedFolders = [new() { Path = "/tmp", Reason = "noexec" }] } };
        Place(new FileFacts()).ShouldHaveSingleItem().Id.ShouldBe("noexec");

        IReadOnlyList<Finding> Place(FileFacts file) => ProgramCheck.Of(program, "app", device, file: file);
    }

    [Fact]
    public void A_static_program_of_32_bits_runs_under_a_64_bit_kernel_that_was_built_for_it()
    {
        var program = Built.Program("armv7-unknown-linux-musleabihf", Built.Hello);
        Compat(true).ShouldBeEmpty();
        var finding = Compat(false).ShouldHaveSingleItem();
        finding.Id.ShouldBe("narrow-program");
        finding.Cause!.ShouldEndWith(" was built without support for 32-bit programs");
        Compat(null).ShouldHaveSingleItem().Severity.ShouldBe(Severity.Warning);

        IReadOnlyList<Finding> Compat(bool? supported)
        {
            var device = Pi(4096);
            return ProgramCheck.Of(program, "app", device with { Profile = device.Profile with { Kernel = device.Profile.Kernel with { Compat32 = supported } } });
        }
    }

    [Fact]
    public void The_other_byte_order_is_told_apart_from_another_machine()
    {
        var libc = Path.Combine(Repository.Cache, "foreign/usr/mips-linux-gnu/lib/libc.so.6");
        Assert.SkipUnless(File.Exists(libc), $"no {libc}; ./test makes it");
        var router = new DeviceProfile { Userland = new() { Machine = "mips", Bits = 32, BigEndian = false, Source = "/bin/sh" } };
        var finding = ProgramCheck.Of(ElfFile.Read(File.ReadAllBytes(libc)), "app", new DeviceFacts { Name = "router", Profile = router }).ShouldHaveSingleItem();
        finding.Id.ShouldBe("byte-order");
        finding.Message.ShouldBe("'app' is a 32-bit big-endian mips program, but device 'router' runs 32-bit little-endian mips ones");
    }

    [Fact]
    public void Times_of_two_widths_are_a_note()
    {
        var path = Path.Combine(Repository.Cache, "systems/armhf/usr/bin/bash");
        Assert.SkipUnless(File.Exists(path), $"no {path}; ./test makes it");
        var profile = Cases.Profile("pi3-armhf-under-64-bit-kernel");
        var program = ElfFile.Read(File.ReadAllBytes(path));
        LibraryFacts.Of("bash", program).TimeBits.ShouldBe(32);
        ProgramCheck.Of(program, "bash", With(32)).ShouldBeEmpty();
        ProgramCheck.Of(program, "bash", With(null)).ShouldBeEmpty();
        ProgramCheck.Of(program, "bash", With(64, wide: false)).ShouldBeEmpty();
        var finding = ProgramCheck.Of(program, "bash", With(64)).ShouldHaveSingleItem();
        finding.Id.ShouldBe("time64");
        finding.Severity.ShouldBe(Severity.Note);
        finding.Message.ShouldBe("'bash' passes times of 32 bits, and libtinfo.so.6 of device 'pi' passes times of 64 bits");

        DeviceFacts With(int? bits, bool? wide = true) => new() { Name = "pi", Profile = profile with { Libc = profile.Libc with { Time64 = wide } }, Libraries = new Dictionary<string, LibraryFacts> { ["libtinfo.so.6"] = new() { Name = "libtinfo.so.6", TimeBits = bits } } };
    }

    private static DeviceFacts Pi(int page)
    {
        var profile = Cases.Profile("board-pi4");
        return new DeviceFacts { Name = "pi", Profile = profile with { Aux = profile.Aux with { PageSize = page } } };
    }
}
