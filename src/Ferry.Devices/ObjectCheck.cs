using Ferry.Elf;
using Ferry.Elf.Inspection;

namespace Ferry.Devices;

/// <summary>Holds an object (of a compiler, or of an archive) against a device: could it go into a program for it?</summary>
public static class ObjectCheck
{
    /// <summary>What stands against it; empty when nothing does, or when a fact is not known.</summary>
    public static IEnumerable<Finding> Of(ObjectGlance item, string name, DeviceFacts device)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(device);
        var userland = device.Profile.Userland;
        if (userland.Machine is null)
        {
            return [];
        }

        var itself = new UserlandFacts { Bits = item.Class == ElfClass.Elf64 ? 64 : 32, BigEndian = item.ByteOrder == ElfByteOrder.BigEndian, Machine = MachineNames.Of(item.Machine) };
        var (its, devices) = (TargetReason.Machine(itself), TargetReason.Machine(userland));
        return its != devices
            ? [Against(FindingKinds.Machine, $"'{name}' is for {its} programs, but device '{device.Name}' runs {devices} ones", $"{userland.Source} on the device is {devices}", device)]
            : [.. FloatAbi(item, name, device), .. Processor(item, name, device)];
    }

    private static IEnumerable<Finding> FloatAbi(ObjectGlance item, string name, DeviceFacts device)
    {
        if (device.Profile.Userland.HardFloat is { } hard && item.FloatAbi != ArmFloatAbi.Unknown && item.FloatAbi == ArmFloatAbi.Hard != hard)
        {
            yield return Against(
                FindingKinds.FloatAbi,
                $"'{name}' is {(hard ? "soft-float" : "hard-float")}, but the programs of device '{device.Name}' are {(hard ? "hard-float" : "soft-float")}",
                "its build attribute ABI_VFP_args",
                device);
        }
    }

    // What an object claims, it need not use: that is told by decoding the program that it goes into.
    private static IEnumerable<Finding> Processor(ObjectGlance item, string name, DeviceFacts device)
    {
        if (item.Arm is { } attributes && ArmCore.Of(device.Profile).Version is { } version && attributes.CpuArch is >= 10 and not (11 or 12) && version < 7)
        {
            yield return Against(
                FindingKinds.Processor,
                $"'{name}' was compiled for ARMv7 and later, but the processor of device '{device.Name}' is an ARMv{version}",
                $"its build attributes say {attributes.CpuName ?? $"Tag_CPU_arch {attributes.CpuArch}"}",
                device) with { Severity = Severity.Warning };
        }
    }

    private static Finding Against(FindingKind kind, string message, string cause, DeviceFacts device) =>
        kind.Of(message, cause, $"compile it for the device's target, as ferry build --on {device.Name} does with C code");
}
