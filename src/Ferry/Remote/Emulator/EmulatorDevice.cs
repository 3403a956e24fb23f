using Ferry.Devices;
using Ferry.Processes;
using Ferry.Remote.Sysroots;
using Ferry.Settings;

namespace Ferry.Remote.Emulator;

/// <summary>
/// The device that needs no board: QEMU's user emulation, and a sysroot of the same shape as a board's, made of the distribution's
/// cross libraries. "emulator", or "emulator:CPU".
/// </summary>
internal sealed record EmulatorDevice(DeviceRecord Record, EmulatedCpu Cpu, Sysroot? Sysroot, string Qemu)
{
    public const string PlainName = "emulator";

    private const string LibrariesVariable = "FERRY_EMULATOR_LIBS";

    public static bool IsName(string name) => name == PlainName || name.StartsWith(PlainName + ":", StringComparison.Ordinal);

    /// <summary>When its record says that it was asked: it is built in.</summary>
    public static DateTimeOffset NeverAsked => DateTimeOffset.UnixEpoch;

    /// <summary>The same with this PC's own cache.</summary>
    public static EmulatorDevice Open(string name) => Open(name, SysrootStore.InCache, NeverAsked);

    /// <summary>Makes it ready. Throws <see cref="FerryException"/>: exit 2 for an unknown processor, 4 when QEMU or the libraries are missing.</summary>
    public static EmulatorDevice Open(string name, SysrootStore store, DateTimeOffset now)
    {
        var cpu = CpuOf(name);
        var root = Environment.GetEnvironmentVariable(LibrariesVariable) ?? "";
        var libraries = cpu.Libraries is null ? null : Path.Combine(Path.GetFullPath(root.Length > 0 ? root : "/"), cpu.Libraries[1..]);
        var qemu = Tool.Find(cpu.Qemu) ?? Tool.Find(cpu.Qemu + "-static");
        var missing = EmulatorLibraries.Missing(libraries);
        if (qemu is null || missing is not null)
        {
            throw Lacking(cpu, qemu, missing);
        }

        var (profile, contents) = EmulatorLibraries.Read(cpu, libraries);
        var own = contents.Count == 0 ? null : store.Add(new SysrootDraft(profile, contents));
        var added = EmulatorBook.Find(name);
        var sysroot = own is null ? null : WithPackages(store, profile, own, added);
        var record = new DeviceRecord
        {
            Name = name,
            Address = name,
            Profile = EmulatorLibraries.WithFolders(profile, sysroot),
            Target = TargetChoice.For(profile),
            SysrootId = sysroot?.Id,
            Packages = sysroot?.HasPackages == true ? added!.Packages : [],
            ProbedAt = now,
        };
        return new EmulatorDevice(record, cpu, sysroot, qemu);
    }

    /// <summary>The sysroot to which packages were added, where it is still here; made anew where this PC's libraries have changed since.</summary>
    private static Sysroot WithPackages(SysrootStore store, DeviceProfile profile, Sysroot own, DeviceRecord? added)
    {
        if (added?.SysrootId is not { } id || store.Find(id) is not { HasPackages: true } before)
        {
            return own;
        }

        var isSame = before.Description.Files.Where(file => file.Package is null).Select(file => file.Sha256).Order().SequenceEqual(own.Description.Files.Select(file => file.Sha256).Order());
        return isSame ? before : SysrootAdditions.Carry(store, profile, before, own, new Dictionary<string, byte[]>());
    }

    private static EmulatedCpu CpuOf(string name)
    {
        var cpu = name == PlainName ? EmulatedCpus.All[0] : EmulatedCpus.Find(name[(PlainName.Length + 1)..]);
        return cpu ?? throw new FerryException(
            $"the emulator knows no processor '{name[(PlainName.Length + 1)..]}'",
            $"it knows {string.Join(", ", EmulatedCpus.All.Select(one => one.Name))}",
            $"name one of these: --on {PlainName}:{EmulatedCpus.All[0].Name}",
            ExitCode.WrongUsage);
    }

    internal static FerryException Lacking(EmulatedCpu cpu, string? qemu, string? missingFile)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new FerryException("the emulator runs on Linux only", $"{cpu.Qemu} is QEMU's user emulation of Linux on Linux", "add a board: ferry device add NAME USER@HOST", ExitCode.ToolMissing);
        }

        var packages = (qemu is null ? ["qemu-user"] : Array.Empty<string>()).Concat(missingFile is null ? [] : cpu.Packages);
        var causes = new[] { qemu is null ? $"no {cpu.Qemu} on the PATH" : null, missingFile is null ? null : $"no {missingFile}" };
        return new FerryException(
            $"the emulator for {cpu.Title} is not installed",
            string.Join("; ", causes.Where(cause => cause is not null)),
            "sudo apt install " + string.Join(' ', packages),
            ExitCode.ToolMissing);
    }
}
