using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Cores;
using Ferry.Remote.Sysroots;

namespace Ferry.Doors.Deaths;

/// <summary>What a core file tells of a death.</summary>
internal static class CoreReport
{
    private const int NameLength = 15;

    /// <param name="path">The core file.</param>
    /// <param name="program">The program on this PC; null when it lies where it lay on the device, or not here.</param>
    /// <param name="device">The device whose libraries it used; null for none.</param>
    public static DeathReport Of(string path, string? program, DeviceRecord? device)
    {
        var core = Read(path);
        if (program is not null && !File.Exists(program))
        {
            throw new FerryException($"there is no program '{program}'");
        }

        var thread = core.Threads.Count > 0 ? core.Threads[0] : throw new FerryException($"'{path}' tells of no thread", "its notes have no NT_PRSTATUS");
        var sysroot = device?.SysrootId is { } id ? SysrootStore.InCache.Find(id) : null;
        var report = new DeathReport
        {
            Title = $"'{core.Program}' was killed by {SignalNames.Of(thread.Signal)}{(device is null ? "" : $", on device '{device.Name}'")}",
            Notes = core.Threads.Count > 1 ? [$"it had {core.Threads.Count} threads; this is the one that the signal came to"] : [],
        };
        var all = FaultReport.Added(report, new FaultNote(false, thread, core.Files, core.Memory), thread.Id, mapped => Here(mapped, core, program, sysroot));
        return program is not null ? all : all with { Helps = ["with the program's own debug info more is known: ferry why --core FILE PROGRAM"] };
    }

    private static CoreFile Read(string path)
    {
        try
        {
            return CoreFile.Read(ElfFile.Read(File.ReadAllBytes(path)));
        }
        catch (ElfFormatException e)
        {
            throw new FerryException($"'{path}' is no core file that can be read", e.Message);
        }
    }

    /// <summary>The kernel keeps 15 bytes of a program's name; the first file that is mapped is the program as a rule.</summary>
    private static string? Here(string mapped, CoreFile core, string? program, Sysroot? sysroot)
    {
        var name = DevicePath.Name(mapped);
        var isProgram = core.Program.Length > 0 && name.StartsWith(core.Program, StringComparison.Ordinal) && (name.Length == core.Program.Length || core.Program.Length == NameLength);
        if (isProgram && program is not null)
        {
            return program;
        }

        return sysroot is not null && DevicePath.IsPlain(mapped) && sysroot.PathOf(mapped) is var copy && File.Exists(copy) ? copy : sysroot?.FindLibrary(name);
    }
}
