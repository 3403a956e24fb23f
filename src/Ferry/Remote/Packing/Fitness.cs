using Ferry.Devices;
using Ferry.Elf;
using Ferry.Linking;
using Ferry.Remote.Sysroots;
using Ferry.Settings;

namespace Ferry.Remote.Packing;

/// <summary>Whether a device can run a packed program. Asked once for each program and state of the device; the answer is kept beside the hashes.</summary>
internal static class Fitness
{
    /// <summary>Throws <see cref="FerryException"/> (exit 5) with the first thing that stands in the way.</summary>
    /// <param name="packed">The program.</param>
    /// <param name="device">The device.</param>
    /// <param name="target">What the program was built for, when it is not known the device's own target.</param>
    /// <param name="look">All that is known of the device, and its libraries: read only when the answer is not known yet.</param>
    /// <param name="libraryFolders">As the program was packed with.</param>
    /// <param name="warn">Hears what does not stand in the way.</param>
    public static PackedProgram Ensure(PackedProgram packed, DeviceSummary device, string? target, Func<(DeviceRecord Device, Sysroot? Sysroot)> look, IReadOnlyList<string> libraryFolders, Action<string> warn)
    {
        var isForStaticTarget = Targets.IsStatic(target ?? device.Triple ?? "");
        var state = $"{device.Name} {device.SysrootId} {device.ProbedAt} {ProgramCheck.Version}{(isForStaticTarget ? " static" : "")}";
        foreach (var known in packed.FitsOn)
        {
            if (known == state)
            {
                return packed;
            }
        }

        var (record, sysroot) = look();
        var findings = Findings(packed, record, sysroot, isForStaticTarget);
        if (findings.FirstOrDefault(finding => finding.Severity == Severity.Error) is { } error)
        {
            throw new FerryException(error.Message, SymbolOrigin.CauseOf(error, packed.Program.Source), error.Help, ExitCode.CannotRunThere);
        }

        foreach (var finding in findings.Where(finding => finding.Severity == Severity.Warning))
        {
            warn(finding.Message);
        }

        var fitting = packed with { FitsOn = [.. packed.FitsOn.Where(other => !other.StartsWith(device.Name + " ", StringComparison.Ordinal)), state] };
        PackCache.Keep(fitting, libraryFolders);
        return fitting;
    }

    /// <summary>For those who asked with -v: what the check found good.</summary>
    public static string Praise(PackedProgram packed, string device)
    {
        var program = ElfFile.Read(File.ReadAllBytes(packed.Program.Source));
        return !StaticCheck.IsStatic(program) ? $"'{packed.Program.Name}' has all that it needs on device '{device}'"
            : $"'{packed.Program.Name}' is statically linked{(program.Type == ElfType.SharedObject ? ", at any address (static-pie)" : "")}; it needs nothing of the device";
    }

    /// <summary>All that the check says of it.</summary>
    public static List<Finding> Findings(PackedProgram packed, DeviceRecord device, Sysroot? sysroot, bool isForStaticTarget)
    {
        var libraries = packed.Libraries.Select(file => (file.Name, Elf: ElfFile.Read(File.ReadAllBytes(file.Source)))).ToList();
        var facts = new DeviceFacts
        {
            Name = device.Name,
            Profile = device.Profile,
            Libraries = sysroot?.Libraries ?? new Dictionary<string, LibraryFacts>(),
            NewerCodeIsAllowed = NewerCode.Allowed.Count > 0,
            Readable = RustSymbol.Readable,
            Packages = sysroot?.PackagesOfLibraries ?? new Dictionary<string, string>(),
            Along = libraries.ToDictionary(library => library.Name, library => LibraryFacts.Of(library.Name, library.Elf)),
        };
        var program = ElfFile.Read(packed.Program.Content());
        return [.. ProgramCheck.Of(program, packed.Program.Name, facts, isForStaticTarget, new FileFacts { Size = packed.Program.Size })];
    }
}
