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
        return new DeviceProfile
        {
            Kernel = Kernel(report.First("uname")),
            Userland = userland,
            Cpu = ProbeCpu.Read(report),
            Aux = AuxVector.Read(Hex(report.First("auxv")), userland.BigEndian ?? false, report.First("platform")),
            Libc = ProbeLibc.Read(report, files),
            Os = Os(report),
            Model = report.First("model") ?? ProbeCpu.Value(report, "Model"),
            MemoryBytes = Kilobytes(report.First("meminfo")),
            Folder = Store(report),
            RefusedFolders = [.. report.All("refused").Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2)
                .Select(parts => new RefusedFolder { Reason = parts[0], Path = parts[1] })],
            User = User(report),
            GdbServer = Plain(report.First("gdbserver")),
            GdbServerVersion = report.First("gdbserver.version")?.Split(' ')[^1],
            ClockSeconds = report.Number("clock"),
            Init = report.First("init"),
            Tools = report.First("tools")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            LibraryFolders = ProbeLibraries.Folders(report, userland),
            RuntimeLibraries = files,
        };
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

    private static KernelFacts Kernel(string? uname) =>
        uname?.Split(' ') is [var name, var release, var machine] ? new() { Name = name, Release = release, Machine = machine } : new();

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

    private static long? Kilobytes(string? meminfo) =>
        meminfo?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["MemTotal:", var number, "kB"] && Number(number) is { } kilobytes ? kilobytes * 1024 : null;

    private static UserFacts User(ProbeReport report) => new()
    {
        Name = report.First("user.name"),
        Id = report.Number("user.id"),
        IsRoot = report.Number("user.id") is { } id ? id == 0 : null,
        Home = report.First("user.home"),
        Shell = report.First("user.shell"),
    };

    // df -P, with the type in the second column or without: "/dev/root ext4 30446008 5632144 23539256 20% /".
    private static StoreFolder? Store(ProbeReport report)
    {
        if (Plain(report.First("store")) is not { } path)
        {
            return null;
        }

        var columns = report.First("store.df")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var typed = columns.Length > 6 && Number(columns[1]) is null;
        var free = columns.Length >= 6 ? Number(columns[typed ? 4 : 3]) : null;
        return new StoreFolder { Path = path, FreeBytes = free * 1024, FileSystem = typed ? columns[1] : null };
    }

    // At most 15 digits, so that no device makes a multiplication overflow.
    internal static long? Number(string? digits) =>
        digits?.Length <= 15 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
