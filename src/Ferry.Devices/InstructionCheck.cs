using Ferry.Elf;
using Ferry.Elf.Instructions;

namespace Ferry.Devices;

/// <summary>Whether the program's code holds instructions that the processor lacks. A program without its symbol table says nothing of its code, and stops nothing.</summary>
internal static class InstructionCheck
{
    // The words of people, where the kernel's do not say it.
    private static readonly Dictionary<string, string> Words = new()
    {
        ["v7"] = "ARMv7", ["v8"] = "ARMv8", ["atomics"] = "LSE atomics", ["lrcpc"] = "RCpc loads", ["crc32"] = "CRC32", ["aes"] = "AES", ["pmull"] = "64-bit polynomial multiplication",
        ["sha1"] = "SHA-1", ["sha2"] = "SHA-256", ["sha512"] = "SHA-512", ["sha3"] = "SHA-3", ["asimddp"] = "dot products", ["fphp"] = "16-bit floats", ["asimdhp"] = "vectors of 16-bit floats",
        ["sve"] = "SVE", ["neon"] = "NEON", ["vfp"] = "floating point", ["vfpv3"] = "VFPv3", ["vfpd32"] = "VFP registers d16 to d31", ["vfpv4"] = "VFPv4", ["idiva"] = "division",
        ["idivt"] = "division in Thumb code",
    };

    private const int Shown = 3;

    public static IEnumerable<Finding> Of(ElfFile program, string name, DeviceFacts device)
    {
        if (program.Machine is not (ElfMachine.Arm or ElfMachine.AArch64))
        {
            return [];
        }

        var features = ProcessorFeatures.Of(device.Profile, program.Class == ElfClass.Elf64 ? 64 : 32);
        var lacking = CodeNeeds.Of(program).Where(need => features.Lacks(need.Feature)).ToList();
        return [.. Firm(lacking.FindAll(need => !need.MayBeChosen), name, device), .. Chosen(lacking.FindAll(need => need.MayBeChosen), name, device)];
    }

    private static IEnumerable<Finding> Firm(List<CodeNeed> needs, string name, DeviceFacts device)
    {
        if (needs.Count > 0)
        {
            yield return FindingKinds.Instruction.Of(
                $"'{name}' has instructions that {Processor(device)} lacks: {What(needs)}",
                Where(needs, device),
                $"take target-cpu and target-feature out of RUSTFLAGS and .cargo/config.toml, and build again: ferry build --on {device.Name}")
                with { Severity = device.NewerCodeIsAllowed ? Severity.Warning : Severity.Error };
        }
    }

    private static IEnumerable<Finding> Chosen(List<CodeNeed> needs, string name, DeviceFacts device)
    {
        if (needs.Count > 0)
        {
            yield return FindingKinds.OptionalInstruction.Of(
                $"'{name}' has instructions that {Processor(device)} lacks ({What(needs)}), and seems to ask for them before it runs them", Where(needs, device));
        }
    }

    private static string What(List<CodeNeed> needs) => string.Join(", ", needs.Select(need => Words.GetValueOrDefault(need.Feature, need.Feature)));

    private static string Processor(DeviceFacts device) =>
        device.Profile.Cpu.Name is { } core ? $"the {core} of device '{device.Name}'"
        : ArmCore.Of(device.Profile).Version is { } version and < 8 ? $"the processor of device '{device.Name}', an ARMv{version},"
        : $"the processor of device '{device.Name}'";

    private static string Where(List<CodeNeed> needs, DeviceFacts device)
    {
        var lines = needs.Take(Shown).Select(need => need.Instruction + (need.Function is { } function ? " in " + device.Readable(function) : $" at 0x{need.Address:x}")
            + (need.Count > 1 ? $", and {need.Count - 1} more for {Words.GetValueOrDefault(need.Feature, need.Feature)}" : ""));
        return string.Join('\n', lines);
    }
}
