using Ferry.Devices;
using Ferry.Remote;
using Ferry.Remote.Emulator;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>What is known of a device as a page for people. What the device did not tell is said to be unknown.</summary>
internal static class DevicePage
{
    public static string Of(DeviceRecord device)
    {
        var p = device.Profile;
        (string Label, string? Text)[] rows =
        [
            ("device", device.Name),
            ("address", device.Address.Length > 0 ? device.Address : ImportedDevice.Address),
            ("model", p.Model),
            ("system", Join(", ", p.Os.Pretty, Join(" ", p.Kernel.Name, p.Kernel.Release, p.Kernel.Machine))),
            ("programs", Join(" ", p.Userland.Bits is { } bits ? $"{bits}-bit" : null, p.Userland.Machine, FloatAbi(p.Userland.HardFloat))),
            ("processor", Join(", ", p.Cpu.Name ?? p.Cpu.ModelText, p.Cpu.Count is { } n ? $"{n} core{(n == 1 ? "" : "s")}" : null)),
            ("features", p.Cpu.Features.Count > 0 ? string.Join(' ', p.Cpu.Features) : null),
            ("libc", Join(" ", p.Libc.Kind?.ToString().ToLowerInvariant(), p.Libc.Version)),
            ("loader", p.Libc.Interpreter),
            ("page size", p.Aux.PageSize is { } page ? $"{page} bytes" : null),
            ("memory", p.MemoryBytes is { } memory ? Sizes.Text(memory) : null),
            ("folder", p.Folder is { } folder ? Join(", ", folder.Path, folder.FreeBytes is { } free ? $"{Sizes.Text(free)} free" : null, folder.FileSystem) : null),
            ("login", Join(", ", p.User.Name, p.User.Shell)),
            ("gdbserver", p.GdbServer is { } path ? Join(" ", path, p.GdbServerVersion) : "not there"),
            ("target", device.Target.Triple ?? "none"),
            ("because", device.Target.Reason),
            ("asked", device.ProbedAt == EmulatorDevice.NeverAsked ? "built in" : device.ProbedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm")),
        ];
        return string.Concat(rows.Select(row => $"{row.Label,10}  {Printable.Clean(row.Text ?? "unknown")}\n"));
    }

    private static string? FloatAbi(bool? hard) => hard switch { true => "hard float", false => "soft float", null => null };

    private static string? Join(string between, params string?[] parts) =>
        parts.Where(part => !string.IsNullOrEmpty(part)).ToList() is { Count: > 0 } told ? string.Join(between, told) : null;
}
