using System.Globalization;
using Ferry.Lab;

namespace Ferry.Elf.Tests.Instructions;

/// <summary>llvm-objdump, which knows each processor's instructions: what it leaves undecoded for one of them, that one does not have.</summary>
internal static class Disassembler
{
    /// <summary>For each offset at which an instruction begins, what it is; those that the processor does not know are not among them.</summary>
    public static Dictionary<int, string> Read(byte[] code, string triple, string processor)
    {
        var tool = Run.Process("/bin/sh", ["-c", "command -v llvm-objdump"]).Output.Trim();
        Assert.SkipUnless(tool.Length > 0, "no llvm-objdump; ./test installs it");
        using var folder = new TemporaryFolder();
        var elf = new TinyElf(wide: false, big: false, ElfType.Relocatable, ElfMachine.Arm);
        elf.AddSection(".text", ElfSectionType.ProgramBits, code, flags: ElfSectionFlags.Alloc | ElfSectionFlags.Execute);
        File.WriteAllBytes(folder["code.o"], elf.ToArray());
        string[] options = ["-d", "-z", "--no-show-raw-insn", "--triple=" + triple, "--mcpu=" + processor];
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
