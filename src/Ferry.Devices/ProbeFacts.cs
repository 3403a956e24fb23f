using System.Globalization;
using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>From the keys of a report to a profile. A value that does not look like what it should be is as good as none.</summary>
internal static class ProbeFacts
{
    private const uint ArmSoftFloat = 0x200;
    private const uint ArmHardFloat = 0x400;

    public static DeviceProfile Gather(ProbeReport report)
    {
        var (source, head) = Head(report);
        var userland = Userland(source, head);
        var files = ProbeLibraries.Files(report, userland);
        var profile = new DeviceProfile
        {
            Kernel = Kernel(report),
            Userland = userland,
            Cpu = ProbeCpu.Read(report),
            Aux = Aux(report, userland),
            Libc = ProbeLibc.Read(report, files, userland),
            Os = Os(report),
            Model = report.First("model") ?? ProbeCpu.Value(report, "Model"),
            MemoryBytes = Kilobytes(report.First("meminfo")),
            Folder = ProbePlaces.Store(report),
            Folders = ProbePlaces.Candidates(report),
            RefusedFolders = [.. report.All("refused").Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2)
                .Select(parts => new RefusedFolder { Reason = parts[0], Path = parts[1] })],
            User = User(report),
            GdbServer = Plain(report.First("gdbserver")),
            GdbServerVersion = report.First("gdbserver.version")?.Split(' ')[^1],
            ClockSeconds = report.Number("clock"),
            Init = report.First("init"),
            InitSystem = report.First("init.system")?.Split(' ')[0],
            HasSudo = report.First("sudo") switch { "yes" => true, "no" or "absent" => false, _ => null },
            Containers = report.First("containers")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Tools = report.First("tools")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            LibraryFolders = ProbeLibraries.Folders(report, userland),
            RuntimeLibraries = files,
        };
        return profile with { Learnt = ProbeSources.Of(profile, report) };
    }

    /// <summary>The path when it is one that can be used, else null.</summary>
    internal static string? Plain(string? path) => path is not null && DevicePath.IsPlain(path) ? path : null;

    internal static byte[] Hex(string? digits)
    {
        try
        {
            return Convert.FromHexString(digits ?? "");
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static (string? Source, ElfHead? Head) Head(ProbeReport report) =>
        report.All("elf").Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2)
            .Select(parts => (Source: Plain(parts[0]), Head: ElfHead.Read(Hex(parts[1]))))
            .FirstOrDefault(found => found.Head is not null);

    private static UserlandFacts Userland(string? source, ElfHead? head) => head is not { File: var file } ? new() : new()
    {
        Bits = file.Class == ElfClass.Elf64 ? 64 : 32,
        BigEndian = file.ByteOrder == ElfByteOrder.BigEndian,
        Machine = MachineNames.Of(file.Machine),
        Flags = file.Flags,
        HardFloat = HardFloat(file),
        Source = source,
    };

    // Only from the header: the attributes lie behind what the probe sends.
    private static bool? HardFloat(ElfFile file) => file.Machine != ElfMachine.Arm ? null
        : (file.Flags & ArmHardFloat) != 0 ? true
        : (file.Flags & ArmSoftFloat) != 0 ? false : null;

    private static KernelFacts Kernel(ProbeReport report)
    {
        var facts = report.First("uname")?.Split(' ') is [var name, var release, var machine]
            ? new KernelFacts { Name = name, Release = release, Machine = machine } : new();
        return facts with { Compat32 = Compat(report, facts.Machine) };
    }

    // The configuration has a line for what is on; one that tells the width and has none of these is of a kernel without.
    private static bool? Compat(ProbeReport report, string? machine) => report.First("kernel.config")?.Split(' ') is not [_, .. var lines] ? null : machine switch
    {
        "aarch64" or "riscv64" => lines.Contains("CONFIG_COMPAT=y"),
        "x86_64" => lines.Contains("CONFIG_IA32_EMULATION=y"),
        _ => null,
    };

    // Where the vector could not be read, the shell's own map of its memory tells the page size.
    private static AuxFacts Aux(ProbeReport report, UserlandFacts userland)
    {
        var facts = AuxVector.Read(Hex(report.First("auxv")), userland, report.First("platform"));
        var size = Kilobytes(report.First("pagesize"));
        return facts with { PageSize = facts.PageSize ?? (size is > 0 and <= 1 << 24 ? (int)size : null) };
    }

    private static OsFacts Os(ProbeReport report) => new()
    {
        Id = Release(report, "ID"),
        Version = Release(report, "VERSION_ID"),
        Pretty = Release(report, "PRETTY_NAME"),
    };

    // os-release(5): the values may be in single or double quotes, as for a shell.
    private static string? Release(ProbeReport report, string name) =>
        report.All("os").FirstOrDefault(line => line.StartsWith(name + '=', StringComparison.Ordinal)) is { } line
        && line[(name.Length + 1)..].Trim('"', '\'') is { Length: > 0 } value ? value : null;

    private static long? Kilobytes(string? size) =>
        size?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.., var number, "kB"] && Number(number) is { } kilobytes ? kilobytes * 1024 : null;

    private static UserFacts User(ProbeReport report) => new()
    {
        Name = report.First("user.name"),
        Id = report.Number("user.id"),
        IsRoot = report.Number("user.id") is { } id ? id == 0 : null,
        Home = report.First("user.home"),
        Shell = report.First("user.shell"),
    };

    // At most 15 digits, so that no device makes a multiplication overflow.
    internal static long? Number(string? digits) =>
        digits?.Length <= 15 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
