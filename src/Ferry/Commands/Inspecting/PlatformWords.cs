using System.Globalization;
using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Inspection;

namespace Ferry.Commands.Inspecting;

/// <summary>What a file is for, in words: "64-bit ARM", "32-bit ARM (ARMv7, hard float)".</summary>
internal static class PlatformWords
{
    private static readonly Dictionary<ElfMachine, string> Families = new()
    {
        [ElfMachine.Arm] = "ARM", [ElfMachine.AArch64] = "ARM", [ElfMachine.I386] = "x86", [ElfMachine.X86_64] = "x86", [ElfMachine.RiscV] = "RISC-V", [ElfMachine.Mips] = "MIPS",
        [ElfMachine.Ppc] = "PowerPC", [ElfMachine.Ppc64] = "PowerPC", [ElfMachine.LoongArch] = "LoongArch", [ElfMachine.Sparc] = "SPARC", [ElfMachine.SparcV9] = "SPARC",
        [ElfMachine.M68k] = "68000", [ElfMachine.S390] = "IBM Z", [ElfMachine.Alpha] = "Alpha", [ElfMachine.SuperH] = "SuperH",
    };

    // Whose users know them little-endian: only the other order is worth a word.
    private static readonly ElfMachine[] BothOrders = [ElfMachine.Mips, ElfMachine.Ppc64];

    public static string Of(ElfFile file) => Of(file.Class, file.ByteOrder, file.Machine, file.ArmAttributes, file.ArmFloatAbi);

    public static string Of(ObjectGlance item) => Of(item.Class, item.ByteOrder, item.Machine, item.Arm, item.FloatAbi);

    /// <summary>A family and its width, without what is in brackets.</summary>
    public static string Processor(ElfFile file) => Processor(file.Class, file.Machine);

    private static string Of(ElfClass width, ElfByteOrder order, ElfMachine machine, ArmAttributes? attributes, ArmFloatAbi abi)
    {
        string?[] details =
        [
            width == ElfClass.Elf32 && machine is ElfMachine.X86_64 ? "x32" : null,
            Architecture(attributes),
            abi switch { ArmFloatAbi.Hard => "hard float", ArmFloatAbi.Soft => "soft float", _ => null },
            order == ElfByteOrder.BigEndian && (machine is ElfMachine.Arm or ElfMachine.AArch64 || BothOrders.Contains(machine)) ? "big-endian"
                : order == ElfByteOrder.LittleEndian && BothOrders.Contains(machine) ? "little-endian" : null,
        ];
        var told = string.Join(", ", details.Where(detail => detail is not null));
        return Processor(width, machine) + (told.Length > 0 ? $" ({told})" : "");
    }

    private static string Processor(ElfClass width, ElfMachine machine) =>
        string.Create(CultureInfo.InvariantCulture, $"{(width == ElfClass.Elf64 ? 64 : 32)}-bit {Families.GetValueOrDefault(machine, MachineNames.Of(machine))}");

    private static string? Architecture(ArmAttributes? attributes) =>
        attributes?.All.FirstOrDefault(attribute => attribute.Tag == 6) is { } architecture ? ArmAttributeWords.Value(architecture) : null;
}
