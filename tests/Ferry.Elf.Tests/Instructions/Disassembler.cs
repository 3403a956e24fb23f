using System.Globalization;
using Ferry.Lab;

namespace Ferry.Elf.Tests.Instructions;

/// <summary>llvm-objdump, which knows each processor's instructions: what it leaves undecoded for one of them, that one does not have.</summary>
internal static class Disassembler
{
    /// <summary>For each offset at which an instruction begins, what it is; those that the processor does not know are not among them.</summary>
    public static Dictionary<int, string> Read(byte[] code, string triple, string processor, string features = "")
    {
        var tool = Run.Process("/bin/sh", ["-c", "command -v llvm-objdump"]).Output.Trim();
        Assert.SkipUnless(tool.Length > 0, "no llvm-objdump; ./test installs it");
        using var folder = new TemporaryFolder();
        var isWide = triple.StartsWith("aarch64", StringComparison.Ordinal);
        var elf = new TinyElf(isWide, big: false, ElfType.Relocatable, isWide ? ElfMachine.AArch64 : ElfMachine.Arm);
        elf.AddSection(".text", ElfSectionType.ProgramBits, code, flags: ElfSectionFlags.Alloc | ElfSectionFlags.Execute);
        File.WriteAllBytes(folder["code.o"], elf.ToArray());
        string[] options = ["-d", "-z", "--no-show-raw-insn", "--triple=" + triple, "--mcpu=" + processor, "--mattr=" + features];
        var known = new Dictionary<int, string>();
        foreach (var line in Run.Process(tool, [.. options, folder["code.o"]]).ShouldExitWith(0).Output.Split('\n'))
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && int.TryParse(line[..colon].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var at) && !line.Contains("<unknown>", StringComparison.Ordinal))
            {
                known[at] = line[(colon + 1)..].Trim();
            }
        }

        return known;
    }
}
