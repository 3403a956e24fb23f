using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>Whether the device's processor and kernel take the program at all: machine, width, byte order, float ABI, ARM architecture.</summary>
internal static class ArchitectureCheck
{
    // Tag_CPU_arch ("Addenda to, and Errata in, the ABI for the Arm Architecture"): from here on ARMv6, from there on ARMv7; 11 and 12 are
    // ARMv6-M and ARMv6S-M.
    private const ulong ArmV6 = 6;
    private const ulong ArmV7 = 10;

    // Two widths of one kind, the narrow one first.
    private static readonly Dictionary<string, string> Wide = new() { [MachineNames.Arm] = MachineNames.AArch64, ["x86"] = MachineNames.X86_64, ["powerpc"] = "powerpc64", ["sparc"] = "sparcv9" };

    public static IEnumerable<Finding> Of(ElfFile program, string name, DeviceFacts device)
    {
        if (program.Type is not (ElfType.Executable or ElfType.SharedObject))
        {
            return [FindingKinds.NotAProgram.Of($"'{name}' is not a program", $"its ELF type is {program.Type}")];
        }

        if (device.Profile.Userland.Machine is null)
        {
            return [];
        }

        var itself = Itself(program);
        return !IsOwn(itself, device.Profile) ? [.. Foreign(itself, program.Interpreter, name, device)]
            : [.. FloatAbi(program, name, device), .. Architecture(program, name, device)];
    }

    /// <summary>Whether it is of the width and machine of the device's own programs, and so may use their libraries.</summary>
    public static bool IsOwn(ElfFile program, DeviceProfile profile) => profile.Userland.Machine is null || IsOwn(Itself(program), profile);

    private static bool IsOwn(UserlandFacts program, DeviceProfile profile) =>
        program.Machine == profile.Userland.Machine && program.Bits == profile.Userland.Bits && program.BigEndian == profile.Userland.BigEndian;

    private static UserlandFacts Itself(ElfFile program) => new()
    {
        Bits = program.Class == ElfClass.Elf64 ? 64 : 32,
        BigEndian = program.ByteOrder == ElfByteOrder.BigEndian,
        Machine = MachineNames.Of(program.Machine),
    };

    private static IEnumerable<Finding> Foreign(UserlandFacts program, string? interpreter, string name, DeviceFacts device)
    {
        var own = device.Profile.Userland;
        var isThere = interpreter is null || device.Profile.Libc.Loaders.Contains(interpreter);
        var message = $"'{name}' is a {TargetReason.Machine(program)} program, but device '{device.Name}' runs {TargetReason.Machine(own)} ones";
        var cause = $"{own.Source} on the device is {TargetReason.Machine(own)}";
        if (program.BigEndian != own.BigEndian && AreKin(program, own))
        {
            yield return FindingKinds.ByteOrder.Of(message, cause, Build(device));
        }
        else if (!AreKin(program, own))
        {
            yield return FindingKinds.Machine.Of(message, cause, Build(device));
        }
        else if (program.Bits == 64 && own.Bits == 32)
        {
            foreach (var finding in WideProgram(program, isThere, message, cause, device))
            {
                yield return finding;
            }
        }
        else if (device.Profile.Kernel.Compat32 == false)
        {
            yield return FindingKinds.NarrowProgram.Of(message, $"{cause}, and its kernel {device.Profile.Kernel.Release} was built without support for 32-bit programs", Build(device));
        }
        else if (!isThere || device.Profile.Kernel.Compat32 is null)
        {
            yield return FindingKinds.NarrowProgram.Of(message, isThere ? $"{cause}; whether its kernel runs 32-bit programs is not known" : $"{cause}; the program's loader {interpreter} is not there", Build(device))
                with { Severity = isThere ? Severity.Warning : Severity.Error };
        }
    }

    // A 64-bit kernel runs 64-bit programs whatever its userland is: static ones, and those whose loader is there.
    private static IEnumerable<Finding> WideProgram(UserlandFacts program, bool isLoaderThere, string message, string cause, DeviceFacts device)
    {
        if (program.Machine != device.Profile.Kernel.Machine?.Replace('_', '-'))
        {
            yield return FindingKinds.Width.Of(message, $"{cause}; its kernel is {device.Profile.Kernel.Machine ?? "unknown"}", Build(device));
        }
        else if (!isLoaderThere)
        {
            yield return FindingKinds.WideUserland.Of(message, $"{cause}; its 64-bit kernel would run a static one, but the libraries that this one needs are not there", Build(device));
        }
    }

    private static bool AreKin(UserlandFacts one, UserlandFacts other) =>
        one.Machine == other.Machine || (one.Machine is { } a && other.Machine is { } b && (Wide.GetValueOrDefault(a) == b || Wide.GetValueOrDefault(b) == a));

    private static IEnumerable<Finding> FloatAbi(ElfFile program, string name, DeviceFacts device)
    {
        if (program.Interpreter is null || device.Profile.Userland.HardFloat is not { } hard
            || program.ArmFloatAbi == ArmFloatAbi.Unknown || program.ArmFloatAbi == ArmFloatAbi.Hard == hard)
        {
            yield break;
        }

        yield return FindingKinds.FloatAbi.Of(
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
            yield return FindingKinds.Processor.Of(
                $"'{name}' is for ARMv{oldest} and later, but the processor of device '{device.Name}' is an ARMv{core.Version}",
                $"its build attributes say {attributes.CpuName ?? $"Tag_CPU_arch {attributes.CpuArch}"}",
                Build(device));
        }
        else if (program.ArmFloatAbi == ArmFloatAbi.Hard && core.FloatUnit == 0)
        {
            yield return FindingKinds.FloatUnit.Of(
                $"'{name}' is hard-float, but the processor of device '{device.Name}' has no floating-point unit",
                "the processor's features name no vfp",
                Build(device));
        }
    }

    private static int OldestFor(ulong cpuArch) => cpuArch switch { 11 or 12 => 0, >= ArmV7 => 7, >= ArmV6 => 6, _ => 0 };

    private static string Build(DeviceFacts device) => $"build it for the device: ferry build --on {device.Name}";
}
