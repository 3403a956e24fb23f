using System.Buffers.Binary;
using Ferry.Elf.Instructions;

namespace Ferry.Elf.Cores;

/// <summary>What is known of the instruction that a program died at.</summary>
/// <param name="Text">Its bytes as a disassembler writes them, in hexadecimal.</param>
/// <param name="IsTrap">Whether it is one that is there to stop the program: compilers put it where nothing must come.</param>
/// <param name="Name">Its name, where the tables of newer instructions have it; else null.</param>
/// <param name="Need">What it needs of a processor beyond ARMv6 or ARMv8.0, in words; null where that is not known.</param>
public sealed record TrapInstruction(string Text, bool IsTrap, string? Name, string? Need)
{
    /// <summary>Reads the instruction at the start of <paramref name="code"/>; null when that is too short.</summary>
    public static TrapInstruction? Of(ElfMachine machine, bool isThumb, ReadOnlySpan<byte> code)
    {
        if (code.Length < 4)
        {
            return null;
        }

        var word = BinaryPrimitives.ReadUInt32LittleEndian(code);
        var half = BinaryPrimitives.ReadUInt16LittleEndian(code);
        return machine switch
        {
            // A1-A8 of the ARM ARM: udf is permanently undefined; so are its forms that Linux and gdb have chosen for breakpoints.
            ElfMachine.Arm when isThumb => Thumb(half, BinaryPrimitives.ReadUInt16LittleEndian(code[2..])),
            ElfMachine.Arm => ArmTable.Find(word) is { } row
                ? new($"{word:x8}", Stops(word), row.Name, Words(row.Need)) : new TrapInstruction($"{word:x8}", Stops(word), Stops(word) ? "udf" : null, null),
            ElfMachine.AArch64 => (word >> 16) == 0 ? new($"{word:x8}", true, "udf", null)
                : (word & 0xffe0001f) == 0xd4200000 ? new($"{word:x8}", true, "brk", null)
                : A64Table.Find(word) is { } row ? new($"{word:x8}", false, row.Name, $"the feature {row.Feature}") : new TrapInstruction($"{word:x8}", false, null, null),
            ElfMachine.X86_64 => half == 0x0b0f ? new("0f 0b", true, "ud2", null)
                : code[0] == 0xcc ? new("cc", true, "int3", null) : new($"{code[0]:x2} {code[1]:x2} {code[2]:x2} {code[3]:x2}", false, null, null),
            _ => null,
        };
    }

    private static string? Words(ArmNeed need) => need == ArmNeed.None ? null : need.Name();

    private static bool Stops(uint word) => (word & 0xfff000f0) == 0xe7f000f0;

    private static TrapInstruction Thumb(ushort first, ushort second)
    {
        var isWide = ThumbTable.IsWide(first);
        var text = isWide ? $"{first:x4} {second:x4}" : $"{first:x4}";
        if ((first & 0xff00) == 0xde00)
        {
            return new(text, true, "udf", null);
        }

        return (isWide ? ThumbTable.FindWide(first, second) : ThumbTable.FindNarrow(first)) is { } row && row.Need != ArmNeed.None ? new(text, false, row.Name, Words(row.Need)) : new(text, false, null, null);
    }
}
