using Ferry.Elf;
using Ferry.Elf.Instructions;

namespace Ferry.Devices;

/// <summary>Whether the device's processor and kernel take the program at all: width, machine, byte order, float ABI, ARM architecture.</summary>
internal static class ArchitectureCheck
{
    // Tag_CPU_arch ("Addenda to, and Errata in, the ABI for the Arm Architecture"): from here on ARMv6, from there on ARMv7; 11 and 12 are
    // ARMv6-M and ARMv6S-M.
    private const ulong ArmV6 = 6;
    private const ulong ArmV7 = 10;

    public static IEnumerable<Finding> Of(ElfFile program, string name, DeviceFacts device)
    {
        var userland = device.Profile.Userland;
        if (program.Type is not (ElfType.Executable or ElfType.SharedObject))
        {
            return [Error("not-a-program", $"'{name}' is not a program", $"its ELF type is {program.Type}", null)];
        }

        if (userland.Machine is null)
        {
            return [];
        }

        var itself = new UserlandFacts
        {
            Bits = program.Class == ElfClass.Elf64 ? 64 : 32,
            BigEndian = program.ByteOrder == ElfByteOrder.BigEndian,
            Machine = MachineNames.Of(program.Machine),
        };
        return !RunsOn(itself, program.Interpreter, device.Profile) ? [Foreign(itself, name, device)]
            : [.. FloatAbi(program, name, device), .. Architecture(program, name, device)];
    }

    // A 64-bit kernel runs 64-bit programs whatever its userland is: static ones, and those whose loader is there.
    private static bool RunsOn(UserlandFacts program, string? interpreter, DeviceProfile profile) =>
        (program.Machine == profile.Userland.Machine && program.Bits == profile.Userland.Bits && program.BigEndian == profile.Userland.BigEndian)
        || (program is { Bits: 64, BigEndian: false } && program.Machine == profile.Kernel.Machine?.Replace('_', '-')
            && (interpreter is null || profile.Libc.Loaders.Contains(interpreter)));

    private static Finding Foreign(UserlandFacts program, string name, DeviceFacts device) => Error(
        "architecture",
        $"'{name}' is a {TargetReason.Machine(program)} program, but device '{device.Name}' runs {TargetReason.Machine(device.Profile.Userland)} ones",
        $"{device.Profile.Userland.Source} on the device is {TargetReason.Machine(device.Profile.Userland)}",
        Build(device));

    private static IEnumerable<Finding> FloatAbi(ElfFile program, string name, DeviceFacts device)
    {
        if (program.Interpreter is null || device.Profile.Userland.HardFloat is not { } hard
            || program.ArmFloatAbi == ArmFloatAbi.Unknown || program.ArmFloatAbi == ArmFloatAbi.Hard == hard)
        {
            yield break;
        }

        yield return Error(
            "float-abi",
            $"'{name}' passes floating-point numbers in {Registers(!hard)} registers, but the libraries of device '{device.Name}' in {Registers(hard)} ones",
            $"the program is {(hard ? "soft-float" : "hard-float")}, {device.Profile.Userland.Source} on the device is {(hard ? "hard-float" : "soft-float")}",
            Build(device));
    }

    private static string Registers(bool hard) => hard ? "VFP" : "integer";

    private static IEnumerable<Finding> Architecture(ElfFile program, string name, DeviceFacts device)
    {
        if (program.Machine != ElfMachine.Arm)
        {
            yield break;
        }

        var core = ArmCore.Of(device.Profile);
        if (program.ArmAttributes is { } attributes && OldestFor(attributes.CpuArch) is var oldest && core.Version < oldest)
        {
            yield return Error(
                "processor",
                $"'{name}' is for ARMv{oldest} and later, but the processor of device '{device.Name}' is an ARMv{core.Version}",
                $"its build attributes say {attributes.CpuName ?? $"Tag_CPU_arch {attributes.CpuArch}"}",
                Build(device));
        }
        else if (program.ArmFloatAbi == ArmFloatAbi.Hard && core.FloatUnit == 0)
        {
            yield return Error(
                "float-unit",
                $"'{name}' is hard-float, but the processor of device '{device.Name}' has no floating-point unit",
                "the processor's features name no vfp",
                Build(device));
        }
        else if (core.Version is { } version and < 7 && ArmCode.Of(program).Newer is [var first, ..] newer)
        {
            yield return NewerCode(first, newer.Count, name, version, device);
        }
    }

    // lld keeps the attributes of the first object only. A program without its symbol table says nothing of its code, and stops nothing.
    private static Finding NewerCode(NewerInstruction first, int count, string name, int version, DeviceFacts device) => Error(
        "processor",
        $"'{name}' holds code for newer processors than that of device '{device.Name}', an ARMv{version}",
        $"{first.Name} ({first.Need.Name()}){(first.Function is { } function ? $" in {function}" : "")}{(count > 1 ? $", and {count - 1} more instructions" : "")}",
        Build(device)) with { Severity = device.NewerCodeIsAllowed ? Severity.Warning : Severity.Error };

    private static int OldestFor(ulong cpuArch) => cpuArch switch { 11 or 12 => 0, >= ArmV7 => 7, >= ArmV6 => 6, _ => 0 };

    private static string Build(DeviceFacts device) => $"build it for the device: ferry build --on {device.Name}";

    private static Finding Error(string id, string message, string cause, string? help) =>
        new() { Severity = Severity.Error, Id = id, Message = message, Cause = cause, Help = help };
}
