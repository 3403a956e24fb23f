namespace Ferry.Devices.Tests;

/// <summary>What rustc is told for a device's very processor. What rustc takes a core to have is handed in as rustc 1.85 says it.</summary>
public class TuningTests
{
    private static readonly string[] A72 = ["aes", "crc", "neon", "pmuv3", "sha2"];
    private static readonly string[] A76 = ["aes", "crc", "dotprod", "dpb", "fp16", "lor", "lse", "neon", "pan", "pmuv3", "ras", "rcpc", "rdm", "sha2", "ssbs", "v8.1a", "v8.2a", "vh"];
    private static readonly string[] A510 = ["bf16", "crc", "dotprod", "i8mm", "lse", "neon", "rdm", "sve", "sve2", "sve2-bitperm"];

    [Fact]
    public void A_Raspberry_Pi_4_is_a_Cortex_A72_without_the_AES_that_its_design_may_have() =>
        Flags(Wide("0xd08", "fp", "asimd", "crc32"), A72).ShouldBe("-C target-cpu=cortex-a72 -C target-feature=-aes,-sha2");

    [Fact]
    public void A_processor_that_has_all_of_it_is_named_and_nothing_else() =>
        Flags(Wide("0xd08", "fp", "asimd", "aes", "pmull", "sha1", "sha2", "crc32"), A72).ShouldBe("-C target-cpu=cortex-a72");

    [Fact]
    public void A_Raspberry_Pi_5_says_what_it_has()
    {
        var pi5 = Wide("0xd0b", "fp", "asimd", "aes", "pmull", "sha1", "sha2", "crc32", "atomics", "fphp", "asimdhp", "cpuid", "asimdrdm", "lrcpc", "dcpop", "asimddp");
        Flags(pi5, A76).ShouldBe("-C target-cpu=cortex-a76 -C target-feature=-ssbs");
    }

    [Fact]
    public void Vectors_that_the_kernel_does_not_offer_are_not_used() =>
        Flags(Wide("0xd46", "fp", "asimd", "crc32", "atomics", "asimdrdm", "asimddp", "i8mm", "bf16"), A510).ShouldBe("-C target-cpu=cortex-a510 -C target-feature=-sve,-sve2,-sve2-bitperm");

    [Fact]
    public void A_core_that_Ferry_does_not_know_gets_its_features() =>
        Flags(Wide("0xfff", "fp", "asimd", "crc32", "atomics"), ["neon"]).ShouldBe("-C target-cpu=generic -C target-feature=+crc,+lse");

    [Theory]
    [InlineData("0xd03", "0xd08", "cortex-a53")]
    [InlineData("0xd0b", "0xd05", "cortex-a55")]
    [InlineData("0xd08", "0xd03", "cortex-a53")]
    public void Of_a_pair_the_smaller_core_counts_since_a_program_may_be_moved_to_it(string first, string second, string cpu)
    {
        var tuning = Tuning.For(Wide(first, "asimd") with { Cpu = new() { Cores = [Core(first, 4), Core(second, 2)] } }, Targets.Find("aarch64-unknown-linux-gnu")!);
        tuning.TargetCpu.ShouldBe(cpu);
        tuning.Reason.ShouldContain(" and ");
    }

    [Theory]
    [InlineData("armv7-unknown-linux-gnueabihf", "0xc07", "-C target-cpu=cortex-a7", "the processor is a Cortex-A7")]
    [InlineData("armv7-unknown-linux-gnueabihf", "0xd03", "-C target-cpu=cortex-a53", "the processor is a Cortex-A53")]
    [InlineData("arm-unknown-linux-gnueabihf", "0xb76", "-C target-cpu=arm1176jzf-s", "the processor is an ARM1176JZF-S")]
    [InlineData("armv5te-unknown-linux-musleabi", "0x926", "-C target-cpu=arm926ej-s", "the processor is an ARM926EJ-S")]
    [InlineData("arm-unknown-linux-gnueabihf", "0xc07", "", "programs for arm-unknown-linux-gnueabihf are held to ARMv6, and its Cortex-A7 is an ARMv7")]
    [InlineData("armv7-unknown-linux-gnueabihf", "0xb76", "", "armv7-unknown-linux-gnueabihf is for ARMv7 and later, and its ARM1176JZF-S is an ARMv6")]
    [InlineData("arm-unknown-linux-musleabi", "0xb36", "", "LLVM takes every ARMv6 core for one with a floating-point unit")]
    [InlineData("armv7-unknown-linux-gnueabihf", "0xfff", "", "ferry knows no name of LLVM's for its core")]
    [InlineData("riscv64gc-unknown-linux-gnu", "0xc07", "", "ferry knows nothing to tune riscv programs by")]
    public void On_32_bit_ARM_the_core_is_named_where_the_target_allows_it(string target, string part, string flags, string reason)
    {
        var tuning = Tuning.For(new DeviceProfile { Cpu = new() { Cores = [Core(part, 4)] } }, Targets.Find(target)!);
        string.Join(' ', tuning.Flags([])).ShouldBe(flags);
        tuning.Reason.ShouldBe(reason);
    }

    [Fact]
    public void What_a_device_does_not_tell_is_not_guessed()
    {
        Tuning.For(new DeviceProfile(), Targets.Find("aarch64-unknown-linux-gnu")!).Flags(A72).ShouldBeEmpty();
        Tuning.For(new DeviceProfile(), Targets.Find("armv7-unknown-linux-gnueabihf")!).Reason.ShouldBe("the device did not tell what its cores are");
        Tuning.For(new DeviceProfile(), Targets.Find("x86_64-unknown-linux-gnu")!).Flags([]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cx16 lahf_lm popcnt sse4_1 sse4_2 ssse3", "x86-64-v2")]
    [InlineData("cx16 lahf_lm popcnt sse4_1 sse4_2 ssse3 avx2 bmi1 bmi2 f16c fma abm movbe xsave", "x86-64-v3")]
    public void An_x86_gets_the_level_that_its_features_fill(string features, string level) =>
        Tuning.For(new DeviceProfile { Cpu = new() { Features = features.Split(' ') } }, Targets.Find("x86_64-unknown-linux-musl")!).TargetCpu.ShouldBe(level);

    private static string Flags(DeviceProfile profile, string[] ofCpu) => string.Join(' ', Tuning.For(profile, Targets.Find("aarch64-unknown-linux-gnu")!).Flags(ofCpu));

    private static DeviceProfile Wide(string part, params string[] names) => new() { Aux = new() { EntryBits = 64, Names = names }, Cpu = new() { Cores = [Core(part, 4)] } };

    private static CpuCore Core(string part, int count) => new() { Implementer = "0x41", Part = part, Name = CpuNames.Of("0x41", part), Count = count };
}
