using System.Runtime.InteropServices;
using Ferry.Elf.Instructions;

namespace Ferry.Elf.Tests.Instructions;

/// <summary>
/// Instruction by instruction of AArch64 against LLVM: what it decodes for plain ARMv8.0 must pass, and what it decodes for a feature alone must be named with that feature.
/// </summary>
public sealed class A64OracleTests
{
    private const int Seed = 64;
    private const int EachRow = 200;

    // The kernel's names for features, and LLVM's. Some of LLVM's stand for two of the kernel's.
    private static readonly (string Ours, string Llvms)[] Features =
    [
        ("atomics", "lse"), ("lrcpc", "rcpc"), ("ilrcpc", "rcpc-immo"), ("crc32", "crc"), ("flagm", "flagm"), ("flagm2", "altnzcv"), ("sb", "sb"), ("aes", "aes"),
        ("pmull", "aes"), ("sha1", "sha2"), ("sha2", "sha2"), ("sha512", "sha3"), ("sha3", "sha3"), ("sm3", "sm4"), ("sm4", "sm4"), ("asimddp", "dotprod"), ("asimdrdm", "rdm"),
        ("fcma", "complxnum"), ("bf16", "bf16"), ("i8mm", "i8mm"), ("asimdfhm", "fp16fml"), ("asimdhp", "fullfp16"), ("fphp", "fullfp16"), ("jscvt", "jsconv"), ("frint", "fptoint"), ("paca", "pauth"),
        ("pacg", "pauth"), ("mte", "mte"), ("rng", "rand"), ("sve", "sve2"),
    ];

    private static readonly string All = string.Join(',', Features.Select(feature => "+" + feature.Llvms).Distinct());

    [Fact]
    public void Instructions_are_told_apart_as_LLVM_does()
    {
        var random = new Random(Seed);
        var words = A64Rows.All.SelectMany(row => Enumerable.Repeat(row, EachRow)).Select(row => (row.Value & row.Mask) | (Next(random) & ~row.Mask))
            .Concat(Enumerable.Range(0, 1 << 11).SelectMany(place => Enumerable.Range(0, 40).Select(_ => ((uint)place << 21) | (Next(random) & 0x1fffff))))
            .Where(word => (word & 0xffc00000) != 0xd5000000) // msr and its like: what a number means there, the register says
            .ToArray();
        var plain = Read(words, "");
        var rich = Read(words, All);
        var wrong = new List<string>();
        for (var i = 0; i < words.Length; i++)
        {
            var says = A64Table.Find(words[i]);
            var isPlain = plain.TryGetValue(4 * i, out var name);
            var isRich = rich.TryGetValue(4 * i, out var newer);
            if ((isPlain && says is not null) || (!isPlain && isRich && says is null))
            {
                wrong.Add($"{words[i]:x8} {(isPlain ? "v8.0 " + name : "newer " + newer)}: {says?.Name}");
            }
        }

        wrong.ShouldBeEmpty($"seed {Seed}: {wrong.Count} of {words.Length}\n{string.Join('\n', wrong.Take(30))}");
        plain.Count.ShouldBeGreaterThan(20_000);
    }

    [Fact]
    public void Each_feature_is_the_one_that_LLVM_asks_for()
    {
        var random = new Random(Seed);
        var wrong = new List<string>();
        foreach (var group in Features.GroupBy(feature => feature.Llvms))
        {
            var ours = group.Select(feature => feature.Ours).ToList();
            var rows = A64Rows.All.Where(row => row.Feature is { } feature && ours.Contains(feature) && (row.Mask & 0xffc00000 & row.Value) != 0xd5000000).ToList();
            var words = rows.SelectMany(row => Enumerable.Repeat(row, EachRow)).Select(row => (row.Value & row.Mask) | (Next(random) & ~row.Mask))
                .Where(word => A64Table.Find(word)?.Feature is { } feature && ours.Contains(feature)).ToArray();
            var known = Read(words, "+" + group.Key);
            // Of each row some fillings are no instruction at all.
            wrong.AddRange(rows.Where(row => !words.Where((word, i) => row.Holds(word) && known.ContainsKey(4 * i)).Any()).Select(row => $"{group.Key}: {row.Name} {row.Value:x8}"));
        }

        wrong.ShouldBeEmpty();
    }

    private static Dictionary<int, string> Read(uint[] words, string features) =>
        Disassembler.Read(MemoryMarshal.AsBytes<uint>(words).ToArray(), "aarch64", "generic", features);

    private static uint Next(Random random) => (uint)random.NextInt64(1L << 32);
}
