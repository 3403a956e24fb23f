using Ferry.Devices;
using Ferry.Remote;
using Ferry.Remote.Emulator;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>What is known of a device as a page for people: each fact, and behind it how it was learnt. What the device did not tell is said to be unknown.</summary>
internal static class DevicePage
{
    private const int Indent = 12;

    public static string Of(DeviceRecord device)
    {
        var p = device.Profile;
        // Label, text, and the fact's path in the profile.
        (string Label, string? Text, string Fact)[] rows =
        [
            ("device", device.Name, ""),
            ("address", device.Address.Length > 0 ? device.Address : ImportedDevice.Address, ""),
            ("model", p.Model, "model"),
            ("board", KnownBoards.OfRevision(p.Cpu.Revision) is { } board ? $"{board.Name}, revision {p.Cpu.Revision}" : "", "cpu.revision"),
            ("system", p.Os.Pretty, "os"),
            ("kernel", Join(" ", p.Kernel.Name, p.Kernel.Release, p.Kernel.Machine), "kernel"),
            ("32-bit", p.Kernel.Compat32 switch { true => "the kernel was made to run 32-bit programs, too", false => "the kernel was made without 32-bit programs", null => p.Userland.Bits == 32 ? "" : null }, "kernel.compat32"),
            ("programs", Join(" ", p.Userland.Bits is { } bits ? $"{bits}-bit" : null, p.Userland.Machine, FloatAbi(p.Userland.HardFloat)), "userland"),
            ("processor", Processor(p.Cpu), p.Cpu.Cores.Count > 0 ? "cpu.cores" : "cpu"),
            ("features", p.Aux.Names.Count > 0 ? string.Join(' ', p.Aux.Names) : p.Cpu.Features.Count > 0 ? string.Join(' ', p.Cpu.Features) : null, p.Aux.Names.Count > 0 ? "aux" : "cpu"),
            ("page size", p.Aux.PageSize is { } page ? $"{page} bytes" : null, "aux.pageSize"),
            ("memory", p.MemoryBytes is { } memory ? Sizes.Text(memory) : null, "memoryBytes"),
            ("libc", Join(" ", p.Libc.Kind?.ToString().ToLowerInvariant(), p.Libc.Version), p.Libc.Version is null ? "libc.kind" : "libc.version"),
            ("versions", p.Libc.NewestVersions.Count > 0 ? string.Join(", ", p.Libc.NewestVersions.Select(newest => $"{newest.Key}_{newest.Value}")) : p.Libc.Kind == LibcKind.Glibc ? null : "", "libc.newestVersions"),
            ("times", p.Libc.Time64 switch { true => "of 64 bits (time64)", false => "of 32 bits, which end in 2038", null => p.Userland.Bits == 32 ? null : "" }, "libc.time64"),
            ("loader", p.Libc.Interpreter ?? (p.Libc.Loaders.Count == 0 && p.Userland.Machine is not null ? "none" : p.Libc.FindLoader()), p.Libc.Interpreter is null ? "libc.loaders" : "libc.interpreter"),
            ("folder", p.Folder is { } folder ? Place(folder.Path, folder.FreeBytes, folder.FileSystem, []) : null, "folder"),
            .. p.Folders.Where(place => place.Path != p.Folder?.Path).Select(place => ("or", (string?)Place(place.Path, place.FreeBytes, place.FileSystem, place.MountOptions), "folders")),
            .. p.RefusedFolders.Select(refused => ("not", (string?)$"{refused.Path}: {RefusalReasons.Describe(refused.Reason)}", "refusedFolders")),
            ("login", Join(", ", p.User.Name, p.User.Shell), "user"),
            ("sudo", p.User.IsRoot == true ? "not needed: the login is root" : p.HasSudo switch { true => "without a password", false => "no, or with a password only", null => null }, "hasSudo"),
            ("started by", p.InitSystem ?? p.Init, p.InitSystem is null ? "init" : "initSystem"),
            ("containers", p.Containers.Count > 0 ? string.Join(", ", p.Containers) : p.Learnt.Count > 0 ? "none found" : null, "containers"),
            ("gdbserver", p.GdbServer is { } path ? Join(" ", path, p.GdbServerVersion) : "not there", "gdbServer"),
            ("target", device.Target.Triple ?? "none", ""),
            ("because", device.Target.Reason, ""),
            ("asked", device.ProbedAt == EmulatorDevice.NeverAsked ? "built in" : device.ProbedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm"), ""),
        ];
        var shown = rows.Where(row => row.Text != "").ToList();
        return string.Concat(shown.Select((row, i) => Line(row.Label, row.Text, Source(p, row.Fact), i > 0 && shown[i - 1].Fact == row.Fact)));
    }

    /// <summary>How a fact was learnt: by the longest path that begins its own; null when the device did not say it.</summary>
    internal static string? Source(DeviceProfile profile, string fact)
    {
        for (var path = fact; path.Length > 0; path = path[..Math.Max(path.LastIndexOf('.'), 0)])
        {
            if (profile.Learnt.TryGetValue(path, out var source))
            {
                return source;
            }
        }

        return null;
    }

    private static string Line(string label, string? text, string? source, bool again) =>
        $"{label,Indent - 2}  {Printable.Clean(text ?? "unknown")}\n"
        + (text is null || source is null || again ? "" : $"{new string(' ', Indent)}({Printable.Clean(source)})\n");

    private static string? Processor(CpuFacts cpu) => cpu.Cores.Count > 0
        ? string.Join(", ", cpu.Cores.Select(core => (core.Count > 1 ? $"{core.Count} x " : "") + (core.Name ?? $"implementer {core.Implementer}, part {core.Part}")))
        : Join(", ", cpu.Name ?? cpu.ModelText, cpu.Count is { } n ? $"{n} core{(n == 1 ? "" : "s")}" : null);

    private static string Place(string path, long? free, string? type, IReadOnlyList<string> options) =>
        Join(", ", path, free is { } bytes ? $"{Sizes.Text(bytes)} free" : null, type, string.Join(' ', options.Where(option => option is "ro" or "noexec" or "nosuid" or "nodev")))!;

    private static string? FloatAbi(bool? hard) => hard switch { true => "hard float", false => "soft float", null => null };

    private static string? Join(string between, params string?[] parts) =>
        parts.Where(part => !string.IsNullOrEmpty(part)).ToList() is { Count: > 0 } told ? string.Join(between, told) : null;
}
