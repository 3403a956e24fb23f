namespace Ferry.Devices.Tests;

/// <summary>Programs compiled for newer processors than a device's, and such that ask the processor first.</summary>
public class InstructionFindingTests
{
    private const string Shared = """
        use std::sync::{atomic::*, Arc, Mutex};
        static CALLS: AtomicU64 = AtomicU64::new(0);
        #[inline(never)]
        pub fn count(by: u64) -> u64 { CALLS.fetch_add(by, Ordering::SeqCst) }
        fn main() {
            let shared = Arc::new(Mutex::new(count(1)));
            let theirs = shared.clone();
            std::thread::spawn(move || *theirs.lock().unwrap() += count(2)).join().unwrap();
            println!("{}", shared.lock().unwrap());
        }
        """;

    // As the crates sha2, aes, crc32fast … do it.
    private const string Hash = """
        use std::arch::aarch64::*;
        #[target_feature(enable = "sha2")]
        #[inline(never)]
        unsafe fn fast(a: &mut [u32; 4], b: &[u32; 4]) {
            let x = vld1q_u32(a.as_ptr());
            vst1q_u32(a.as_mut_ptr(), vsha256hq_u32(x, vld1q_u32(b.as_ptr()), x));
        }
        #[inline(never)]
        pub fn hash(a: &mut [u32; 4], b: &[u32; 4]) {
            if std::arch::is_aarch64_feature_detected!("sha2") { unsafe { fast(a, b) } } else { a[0] ^= b[0] }
        }
        fn main() {
            let mut a = [std::env::args().count() as u32; 4];
            hash(&mut a, &[1, 2, 3, 4]);
            println!("{a:?}");
        }
        """;

    private const string Numbers = """
        #[inline(never)]
        pub fn share(sum: u32, by: u32) -> u32 { sum / by }
        #[inline(never)]
        pub fn add(a: &mut [f32], b: &[f32]) { for (a, b) in a.iter_mut().zip(b) { *a += b } }
        fn main() {
            let n = std::env::args().count() as u32;
            let mut a = [n as f32; 64];
            add(&mut a, &[2.0; 64]);
            println!("{} {:?}", share(1000, n), a);
        }
        """;

    [Fact]
    public void Atomics_of_a_Cortex_A76_are_refused_on_a_Cortex_A72_and_their_function_is_named()
    {
        var program = Built.Program("aarch64-unknown-linux-musl", Shared, "-O", "-C", "target-cpu=cortex-a76");
        var finding = ProgramCheck.Of(program, "app", Device("board-pi4")).ShouldHaveSingleItem();
        finding.Id.ShouldBe("instruction");
        finding.Severity.ShouldBe(Severity.Error);
        finding.Message.ShouldBe("'app' has instructions that the Cortex-A72 of device 'pi' lacks: LSE atomics, RCpc loads");
        finding.Cause!.ShouldMatch("^(cas|swp|ldadd)[a-z]* in .*, and [0-9]+ more for LSE atomics\n");
        ProgramCheck.Of(program, "app", With("board-pi4", "atomics", "lrcpc")).ShouldBeEmpty();
    }

    [Fact]
    public void They_are_found_without_a_symbol_table_too()
    {
        var finding = ProgramCheck.Of(Built.Program("aarch64-unknown-linux-musl", Shared, "-O", "-C", "target-cpu=cortex-a76", "-C", "strip=symbols"), "app", Device("board-pi4")).ShouldHaveSingleItem();
        finding.Message.ShouldBe("'app' has instructions that the Cortex-A72 of device 'pi' lacks: LSE atomics");
        finding.Cause!.ShouldMatch("^[a-z]+ at 0x[0-9a-f]+, and [0-9]+ more for LSE atomics$");
        ProgramCheck.Of(Built.Program("aarch64-unknown-linux-musl", Shared, "-O", "-C", "strip=symbols"), "app", Device("board-pi4")).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_program_for_any_AArch64_runs_on_all_of_them() =>
        ProgramCheck.Of(Built.Program("aarch64-unknown-linux-musl", Shared, "-O"), "app", Device("board-pi4")).ShouldBeEmpty();

    [Fact]
    public void Code_that_asks_the_processor_first_is_a_note_and_without_the_question_an_error()
    {
        // A Raspberry Pi 4: its Cortex-A72 was made without the instructions for AES and SHA.
        var pi = Without("board-pi4", "aes", "pmull", "sha1", "sha2");
        var asking = ProgramCheck.Of(Built.Program("aarch64-unknown-linux-musl", Hash, "-O"), "app", pi).ShouldHaveSingleItem();
        asking.Id.ShouldBe("optional-instruction");
        asking.Severity.ShouldBe(Severity.Note);
        asking.Cause!.ShouldContain("sha256h");
        // For a processor of which rustc believes that it has them, the question is gone, and the program dies.
        var dying = ProgramCheck.Of(Built.Program("aarch64-unknown-linux-musl", Hash, "-O", "-C", "target-cpu=cortex-a72"), "app", pi).ShouldHaveSingleItem();
        dying.Id.ShouldBe("instruction");
        dying.Message.ShouldBe("'app' has instructions that the Cortex-A72 of device 'pi' lacks: SHA-256");
        ProgramCheck.Of(Built.Program("aarch64-unknown-linux-musl", Hash, "-O", "-C", "target-cpu=cortex-a72"), "app", Device("board-pi4")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cortex-a7", "idiva", "division")]
    [InlineData("cortex-a53", "v8", "ARMv8")]
    public void Code_for_a_later_ARMv7_or_v8_is_refused_on_an_earlier_one(string processor, string feature, string words)
    {
        // A Cortex-A8 (BeagleBone Black): NEON and VFPv3, no division, no VFPv4.
        var beagle = Narrow("v7l", "half", "thumb", "fastmult", "vfp", "edsp", "neon", "vfpv3", "tls", "vfpd32");
        var program = Built.Program("armv7-unknown-linux-musleabihf", feature == "v8" ? Shared : Numbers, "-O", "-C", "target-cpu=" + processor);
        var finding = ProgramCheck.Of(program, "app", beagle).ShouldHaveSingleItem();
        finding.Id.ShouldBe("instruction");
        finding.Message.ShouldContain(words);
        // What a 64-bit kernel tells 32-bit programs of a Cortex-A53.
        ProgramCheck.Of(program, "app", Narrow("v8l", "half", "thumb", "fastmult", "vfp", "edsp", "neon", "vfpv3", "tls", "vfpv4", "idiva", "idivt", "lpae", "crc32")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("armv7-unknown-linux-musleabihf")]
    [InlineData("arm-unknown-linux-musleabihf")]
    public void Code_with_NEON_is_refused_on_a_processor_without_it(string target)
    {
        var tegra = Narrow("v7l", "half", "thumb", "fastmult", "vfp", "edsp", "vfpv3", "vfpv3d16", "tls");
        ProgramCheck.Of(Built.Program(target, Numbers, "-O"), "app", tegra).ShouldBeEmpty();
        var finding = ProgramCheck.Of(Built.Program(target, Numbers, "-O", "-C", "target-feature=+neon"), "app", tegra).ShouldHaveSingleItem();
        finding.Message.ShouldContain("NEON");
        finding.Cause!.ShouldContain("app");
    }

    [Fact]
    public void What_the_kernel_is_too_old_to_name_is_not_lacking()
    {
        var program = Built.Program("aarch64-unknown-linux-musl", Shared, "-O", "-C", "target-cpu=cortex-a76");
        var device = Device("board-pi4");
        var old = device with { Profile = device.Profile with { Kernel = device.Profile.Kernel with { Release = "4.1.15" } } };
        ProgramCheck.Of(program, "app", old).ShouldNotContain(finding => finding.Id == "instruction");
        ProgramCheck.Of(program, "app", device with { Profile = device.Profile with { Aux = new(), Cpu = new() } }).ShouldBeEmpty("nothing is known of the processor");
    }

    private static DeviceFacts Device(string report) => new() { Name = "pi", Profile = Cases.Profile(report) };

    private static DeviceFacts With(string report, params string[] names) => Changed(report, had => had.Concat(names));

    private static DeviceFacts Without(string report, params string[] names) => Changed(report, had => had.Except(names));

    private static DeviceFacts Changed(string report, Func<IEnumerable<string>, IEnumerable<string>> change)
    {
        var device = Device(report);
        var profile = device.Profile;
        return device with { Profile = profile with { Aux = profile.Aux with { Names = [.. change(profile.Aux.Names)] }, Cpu = profile.Cpu with { Features = [.. change(profile.Cpu.Features)] } } };
    }

    private static DeviceFacts Narrow(string platform, params string[] names) => new()
    {
        Name = "board",
        Profile = new()
        {
            Kernel = new() { Release = "6.1.0", Machine = "armv7l" },
            Userland = new() { Bits = 32, BigEndian = false, Machine = MachineNames.Arm, HardFloat = true, Source = "/bin/sh" },
            Aux = new() { EntryBits = 32, Hwcap = HwcapOf(names), Hwcap2 = 0, Names = names, Platform = platform },
        },
    };

    // arch/arm/include/uapi/asm/hwcap.h: those that the choice of a floating-point unit goes by.
    private static ulong HwcapOf(string[] names) =>
        (names.Contains("vfp") ? 1ul << 6 : 0) | (names.Contains("neon") ? 1ul << 12 : 0) | (names.Contains("vfpv3") ? 1ul << 13 : 0) | (names.Contains("vfpv3d16") ? 1ul << 14 : 0);
}
