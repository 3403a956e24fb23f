using System.Runtime.InteropServices;
using Ferry.Elf.Instructions;

namespace Ferry.Elf.Tests.Instructions;

/// <summary>
/// Instruction by instruction against LLVM: what it decodes for an ARM1176 must pass, and what it decodes for a Cortex-A7 or A53 and not for an ARM1176 must not.
/// </summary>
public sealed class OracleTests
{
    private const int Seed = 1176;
    private const string Old = "arm1176jzf-s";

    // Where LLVM says more than the manual (DDI 0406C): these it decodes for every processor.
    private static readonly InstructionRow[] NotLlvms =
    [
        new(0x0fffff00, 0x0320f000, "hints: ARMv6K takes all of them for nop, LLVM some", ArmNeed.None),
        new(0x0c000f00, 0x0c000900, "coprocessor 9, which no ARM1176 has", ArmNeed.None),
        new(0x0f2000f0, 0x002000b0, "strht, ldrht: A8.8.83", ArmNeed.None),
        new(0x0f3000d0, 0x003000d0, "ldrsbt, ldrsht: A8.8.87", ArmNeed.None),
        new(0x0fba0e50, 0x0eba0a40, "vcvt of fixed-point numbers: A8.8.309", ArmNeed.None),
    ];

    // Thumb code of ARMv6 has neither coprocessors (A6.3.18) nor calls farther than 4 MB (A6.7.18: J1, J2); LLVM decodes both.
    private static readonly InstructionRow[] NotLlvmsThumb =
    [
        new(0xec000000, 0xec000000, "coprocessors", ArmNeed.None),
        new(0xf800e000, 0xf000c000, "J1 is 0", ArmNeed.None),
        new(0xf800c800, 0xf000c000, "J2 is 0", ArmNeed.None),
    ];

    // Behind what it does not know LLVM goes on with the next byte: at an odd place these are again unknown (b700), so that it falls into step.
    private static readonly ushort[] Between = [0x00b7, 0x00b7, 0x00b7, 0x00b7, 0x00b7];

    private static readonly string[] Lists = ["{d0, d1, d2, d3, d4, d5, d6, d7, d8, d9, d10, d11, d12, d13, d14, d15}"];

    [Fact]
    public void ARM_instructions_are_told_apart_as_LLVM_does()
    {
        var words = ArmWords();
        var code = MemoryMarshal.AsBytes<uint>(words).ToArray();
        var wrong = Wrong(words, 4, code, "arm", word => ArmTable.Find(word)?.Name, out var old);
        wrong.ShouldBeEmpty($"seed {Seed}");
        old.ShouldBeGreaterThan(50_000);
    }

    [Theory]
    [InlineData("arm-unknown-linux-musleabihf")]
    [InlineData("armv7-unknown-linux-gnueabihf")]
    public void Each_ARM_instruction_of_real_code_is_told_apart_as_LLVM_does(string target)
    {
        var words = RealCodeTests.ObjectsOf(target).SelectMany(found => ArmWordsOf(found.File)).Distinct().Where(word => !NotLlvms.Any(row => row.Holds(word))).ToArray();
        words.Length.ShouldBeGreaterThan(40_000);
        Wrong(words, 4, MemoryMarshal.AsBytes<uint>(words).ToArray(), "arm", word => ArmTable.Find(word)?.Name, out var old).ShouldBeEmpty();
        old.ShouldBeGreaterThan(40_000);
    }

    [Fact]
    public void Every_Thumb_instruction_of_16_bits_is_told_apart_as_LLVM_does()
    {
        var halves = Enumerable.Range(0, 0xe800).Select(half => (uint)half).ToArray();
        var code = MemoryMarshal.AsBytes<ushort>(halves.SelectMany(half => (ushort[])[(ushort)half, .. Between]).ToArray()).ToArray();
        Wrong(halves, 12, code, "thumb", half => ThumbTable.FindNarrow((ushort)half)?.Name, out var old).ShouldBeEmpty();
        old.ShouldBeGreaterThan(50_000);
    }

    [Fact]
    public void Thumb_instructions_of_32_bits_are_told_apart_as_LLVM_does()
    {
        var random = new Random(Seed);
        var pairs = ThumbRows.Wide.SelectMany(row => Enumerable.Repeat(row, 100)).Select(row => (row.Value & row.Mask) | (Next(random) & ~row.Mask))
            .Concat(Enumerable.Range(0, 60_000).Select(_ => Next(random) | 0xe0000000)).Where(pair => pair >= 0xe8000000 && !NotLlvmsThumb.Any(row => row.Holds(pair))).ToArray();
        var code = MemoryMarshal.AsBytes<ushort>(pairs.SelectMany(pair => (ushort[])[(ushort)(pair >> 16), (ushort)pair, .. Between]).ToArray()).ToArray();
        Wrong(pairs, 14, code, "thumb", pair => ThumbTable.FindWide((ushort)(pair >> 16), (ushort)pair)?.Name, out var old).ShouldBeEmpty($"seed {Seed}");
        old.ShouldBeGreaterThan(500);
    }

    /// <summary>One line for each instruction that is taken for newer though an ARM1176 has it, or for ARMv6 though it has not and a later processor has.</summary>
    private static List<string> Wrong(uint[] instructions, int step, byte[] code, string set, Func<uint, string?> newer, out int known)
    {
        var old = Disassembler.Read(code, set + "v6", Old);
        var seven = Disassembler.Read(code, set + "v7", "cortex-a7");
        var eight = Disassembler.Read(code, set + "v8", "cortex-a53");
        var wrong = new List<string>();
        known = 0;
        for (var i = 0; i < instructions.Length; i++)
        {
            var says = newer(instructions[i]);
            var isOld = old.TryGetValue(step * i, out var name);
            var isNew = !isOld && (seven.TryGetValue(step * i, out name) || eight.TryGetValue(step * i, out name));
            known += isOld ? 1 : 0;
            if ((isOld && says is not null && !Lists.Any(name!.Contains)) || (isNew && says is null))
            {
                wrong.Add($"{instructions[i]:x8} {(isOld ? "v6" : "newer")} {name}: {says}");
            }
        }

        return wrong;
    }

    private static IEnumerable<uint> ArmWordsOf(ElfFile file) =>
        CodeMap.Of(file).Where(region => region.State == CodeState.Arm)
            .SelectMany(region => MemoryMarshal.Cast<byte, uint>(file.ContentOf(region.Section).Span[region.Start..region.End]).ToArray());

    // Every row some hundred times, every place of the table often, and words at random.
    private static uint[] ArmWords()
    {
        var random = new Random(Seed);
        var rows = ArmRows.Conditional.Concat(ArmRows.Unconditional).SelectMany(row => Enumerable.Repeat(row, 300)).Select(row => (row.Value & row.Mask) | (Next(random) & ~row.Mask));
        var conditional = rows.Select(word => word < 0xf0000000 && random.Next(2) == 0 ? (word & 0x0fffffff) | 0xe0000000 : word);
        var places = Enumerable.Range(0, 1 << 16).Select(place => (Next(random) & 0xf00fff0f) | ((uint)(place & 0xff0) << 16) | ((uint)(place & 0xf) << 4));
        var chance = Enumerable.Range(0, 60_000).Select(_ => (Next(random) & 0x0fffffff) | (random.Next(3) == 0 ? 0xf0000000 : 0xe0000000));
        // Many bits of an instruction that it does not use must be zeros or ones.
        var plain = Enumerable.Range(0, 1 << 16).Select(place => 0xe0000000 | ((uint)(place & 0xff0) << 16) | ((uint)(place & 0xf) << 4) | (Next(random) & 0xff0f & Ones(random)) | (random.Next(2) == 0 ? 0xf0000 & Next(random) : 0xf0000));
        return [.. conditional.Concat(places).Concat(chance).Concat(plain).Where(word => !NotLlvms.Any(row => row.Holds(word)))];
    }

    private static uint Ones(Random random) => random.Next(3) switch { 0 => 0xf0ff, 1 => 0x0f0f, _ => 0xffff };

    private static uint Next(Random random) => (uint)random.NextInt64(1L << 32);
}
