namespace Ferry.Devices;

/// <summary>How each fact of a profile was learnt, for <see cref="DeviceProfile.Learnt"/>: one row a fact, or several facts of one source.</summary>
internal static class ProbeSources
{
    private static readonly (string Path, Func<DeviceProfile, object?> Fact, Func<DeviceProfile, ProbeReport, string> Source)[] Rows =
    [
        ("kernel", p => p.Kernel.Machine, (_, _) => "uname -srm"),
        ("kernel.compat32", p => p.Kernel.Compat32, (_, report) => Word(report, "kernel.config")),
        ("userland", p => p.Userland.Machine, (p, _) => $"the ELF header of {p.Userland.Source}"),
        ("cpu", p => p.Cpu.Count ?? (object?)p.Cpu.ModelText, (_, _) => "/proc/cpuinfo"),
        ("cpu.cores", p => Any(p.Cpu.Cores), (_, _) => "/proc/cpuinfo: CPU implementer, CPU part and CPU variant, which are fields of the MIDR"),
        ("cpu.revision", p => p.Cpu.Revision, (_, report) => ProbeCpu.Value(report, "Revision")?.Trim('0') is { Length: > 0 } ? "/proc/cpuinfo: Revision" : "/proc/device-tree/system/linux,revision"),
        ("aux", p => p.Aux.EntryBits, (_, _) => "/proc/self/auxv"),
        ("aux.pageSize", p => p.Aux.PageSize, (p, _) => p.Aux.EntryBits is null ? "/proc/self/smaps" : "/proc/self/auxv: AT_PAGESZ"),
        ("aux.platform", p => p.Aux.Platform, (_, _) => "LD_SHOW_AUXV=1 /bin/sh: AT_PLATFORM"),
        ("libc.kind", p => p.Libc.Kind, (p, _) => $"the name of the loader, {p.Libc.FindLoader()}"),
        ("libc.version", p => p.Libc.Version, (p, report) => ProbeLibc.Version(report, p.RuntimeLibraries, p.Libc.FindLoader()!, p.Libc.Kind!.Value)!.Value.Source),
        ("libc.interpreter", p => p.Libc.Interpreter, (p, _) => $"PT_INTERP of {p.Userland.Source}"),
        ("libc.loaders", p => Any(p.Libc.Loaders), (_, _) => "the files in /lib and /lib64"),
        ("libc.newestVersions", p => p.Libc.NewestVersions.Count > 0 ? p : null, (_, _) => "the texts in libc.so.6, libgcc_s.so.1 and libstdc++.so.6"),
        ("libc.time64", p => p.Libc.Time64, (p, report) => Times(p, report)),
        ("os", p => p.Os.Id, (_, report) => Word(report, "os.file")),
        ("model", p => p.Model, (_, report) => report.First("model") is null ? "/proc/cpuinfo: Model" : Word(report, "model.file")),
        ("memoryBytes", p => p.MemoryBytes, (_, _) => "/proc/meminfo: MemTotal"),
        ("folder", p => p.Folder, (_, _) => "a script was written and run there"),
        ("refusedFolders", p => Any(p.RefusedFolders), (_, _) => "it was tried to write and run a script there"),
        ("folders", p => Any(p.Folders), (_, _) => "/proc/mounts and df"),
        ("user", p => p.User.Name ?? (object?)p.User.Id, (_, _) => "id"),
        ("user.home", p => p.User.Home, (_, _) => "the variable HOME"),
        ("user.shell", p => p.User.Shell, (_, _) => "the variable SHELL"),
        ("gdbServer", p => p.GdbServer, (_, _) => "the PATH"),
        ("gdbServerVersion", p => p.GdbServerVersion, (_, _) => "gdbserver --version"),
        ("clockSeconds", p => p.ClockSeconds, (_, _) => "date +%s"),
        ("init", p => p.Init, (_, _) => "/proc/1/comm"),
        ("initSystem", p => p.InitSystem, (_, report) => report.First("init.system")!.Split(' ')[^1]),
        ("hasSudo", p => p.HasSudo, (_, report) => report.First("sudo") == "absent" ? "there is no sudo" : "sudo -n true"),
        ("containers", p => Any(p.Containers), (_, _) => "the PATH"),
        ("tools", p => Any(p.Tools), (_, _) => "the PATH"),
        ("libraryFolders", p => Any(p.LibraryFolders), (_, _) => "/etc/ld.so.conf, and the folders that loaders search without it"),
        ("runtimeLibraries", p => Any(p.RuntimeLibraries), (_, _) => "ls, sha256sum or cksum, readlink -f"),
    ];

    public static IReadOnlyDictionary<string, string> Of(DeviceProfile profile, ProbeReport report) =>
        Rows.Where(row => row.Fact(profile) is not null).ToDictionary(row => row.Path, row => row.Source(profile, report));

    private static string Times(DeviceProfile profile, ProbeReport report) =>
        profile.Libc.Kind == LibcKind.Musl ? "musl's version: from 1.2 on"
        : ProbeVersions.Times(report) is var (library, call) ? $"{library} calls {call}"
        : $"a package is named {report.First("times.package")?.Split(' ')[^1]}";

    // A report of an older probe does not say it.
    private static string Word(ProbeReport report, string key) => report.First(key)?.Split(' ')[0] ?? "a file of the system";

    private static object? Any<T>(IReadOnlyList<T> list) => list.Count > 0 ? list : null;
}
