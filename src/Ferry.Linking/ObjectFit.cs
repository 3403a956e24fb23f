using Ferry.Elf;
using Ferry.Elf.Inspection;

namespace Ferry.Linking;

/// <summary>
/// Whether an object for 32-bit ARM may go into a program for a target, by what it says of itself. lld refuses other machines, and keeps silent about most of this:
/// compilers write Tag_ABI_VFP_args only where it is not 0, and lld compares only objects that have it.
/// </summary>
public static class ObjectFit
{
    private static readonly Dictionary<string, ulong> NewestArchitecture = new()
    {
        ["armv4t"] = 2, // Tag_CPU_arch: v4T
        ["armv5te"] = 5, // v5TEJ
    };

    /// <summary>Whether objects for a target have anything to be looked at.</summary>
    public static bool Matters(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return target.StartsWith("arm", StringComparison.Ordinal) || target.StartsWith("thumb", StringComparison.Ordinal);
    }

    /// <summary>What stands against it, or null. For ARMv6 the architecture is left to a look at the code: an object need not use what it may.</summary>
    public static Misfit? Of(ObjectGlance item, string target)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(target);
        if (item.Machine != ElfMachine.Arm)
        {
            return null;
        }

        var wanted = target.EndsWith("hf", StringComparison.Ordinal) ? ArmFloatAbi.Hard : ArmFloatAbi.Soft;
        return item.FloatAbi != ArmFloatAbi.Unknown && item.FloatAbi != wanted ? Misfit.FloatAbi
            : NewestArchitecture.TryGetValue(target.Split('-')[0], out var newest) && item.Arm?.CpuArch > newest ? Misfit.Architecture : null;
    }
}
