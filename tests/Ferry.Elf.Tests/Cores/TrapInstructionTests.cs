using Ferry.Elf.Cores;

namespace Ferry.Elf.Tests.Cores;

public class TrapInstructionTests
{
    [Theory]
    [InlineData(ElfMachine.AArch64, false, "200020b8", "b8200020", "ldadd", "the feature atomics")]
    [InlineData(ElfMachine.AArch64, false, "1f2003d5", "d503201f", null, null)]
    [InlineData(ElfMachine.Arm, false, "010000e3", "e3000001", "movw", "ARMv7 (ARMv6T2)")]
    [InlineData(ElfMachine.Arm, false, "0100a0e3", "e3a00001", null, null)]
    [InlineData(ElfMachine.Arm, true, "0120f0b5", "2001", null, null)]
    public void An_instruction_that_not_every_processor_knows_is_named_with_what_it_needs(ElfMachine machine, bool isThumb, string code, string text, string? name, string? need)
    {
        var found = TrapInstruction.Of(machine, isThumb, Convert.FromHexString(code)).ShouldNotBeNull();

        (found.Text, found.IsTrap, found.Name, found.Need).ShouldBe((text, false, name, need));
    }

    [Theory]
    [InlineData(ElfMachine.AArch64, false, "20003ed4", "brk")]
    [InlineData(ElfMachine.AArch64, false, "00000000", "udf")]
    [InlineData(ElfMachine.Arm, false, "f000f0e7", "udf")]
    [InlineData(ElfMachine.Arm, true, "fede0000", "udf")]
    [InlineData(ElfMachine.X86_64, false, "0f0b0000", "ud2")]
    public void A_trap_is_told_as_one(ElfMachine machine, bool isThumb, string code, string name)
    {
        var found = TrapInstruction.Of(machine, isThumb, Convert.FromHexString(code)).ShouldNotBeNull();

        (found.IsTrap, found.Name, found.Need).ShouldBe((true, name, null));
    }
}
