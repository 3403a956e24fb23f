using System.Text.Json;
using Ferry.Devices;
using Ferry.Processes;
using Ferry.Remote.Emulator;
using Ferry.Remote.Packing;
using Ferry.Remote.Sysroots;
using Ferry.Terminal;
using Ferry.Toolchain;

namespace Ferry.Commands;

/// <summary>
/// Holds what <c>ferry build</c> has built against the device. Which files these are, cargo says: it is asked to build once more, which
/// does nothing, and to name its artifacts.
/// </summary>
internal static class BuildCheck
{
    /// <summary>Prints what stands in the way of each program; exit code 5 if anything does.</summary>
    public static int Of(DeviceRecord device, RustToolchain rust, IReadOnlyList<string> cargoWords)
    {
        var answer = Tool.Run(rust.Cargo, [.. cargoWords, "--message-format", "json", "--quiet"]);
        var (summary, sysroot) = (DeviceSummary.Of(device), SysrootOf(device));
        var refused = 0;
        foreach (var program in Programs(answer.Output))
        {
            try
            {
                _ = Fitness.Ensure(Packer.Pack(program, []), summary, () => (device, sysroot), [], Status.Warn);
            }
            catch (FerryException e) when (e.Exit == ExitCode.CannotRunThere)
            {
                Errors.Print(e);
                refused++;
            }
        }

        return refused > 0 ? ExitCode.CannotRunThere : ExitCode.Done;
    }

    private static Sysroot? SysrootOf(DeviceRecord device) =>
        device.SysrootId is not { } id ? null
        : EmulatorDevice.IsName(device.Name) ? EmulatorDevice.Open(device.Name, SysrootStore.InCache, DateTimeOffset.UnixEpoch).Sysroot
        : SysrootStore.InCache.Find(id);

    /// <summary>One JSON object a line; those of programs have "executable". A build script's runs here, and has none.</summary>
    private static IEnumerable<string> Programs(string messages)
    {
        foreach (var line in messages.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("executable", out var executable) && executable.GetString() is { } program)
            {
                yield return program;
            }
        }
    }
}
