using Ferry.Devices;
using Ferry.Processes;
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
    public static int Of(DeviceRecord device, RustToolchain rust, string target, IReadOnlyList<string> cargoWords, IReadOnlyDictionary<string, string?>? variables = null)
    {
        // cargo refuses --verbose beside --quiet.
        var answer = Tool.Run(rust.Cargo, [.. cargoWords.Where(word => word is not ("--verbose" or "-v" or "-vv")), "--message-format", "json", "--quiet"], environment: variables);
        var built = BuildMessages.Read(answer.Output);
        // The emulator's is in the store, too, since the device was chosen.
        var sysroot = device.SysrootId is { } id ? SysrootStore.InCache.Find(id) : null;
        var summary = DeviceSummary.Of(device);
        var refused = 0;
        foreach (var program in built.Programs)
        {
            try
            {
                var folders = built.LibraryFolders(program, rust, target);
                var packed = Fitness.Ensure(Packer.Pack(program, folders), summary, target, () => (device, sysroot), folders, Status.Warn);
                if (Status.Verbose)
                {
                    Status.Detail("Checked", Fitness.Praise(packed, device.Name));
                }
            }
            catch (FerryException e) when (e.Exit == ExitCode.CannotRunThere)
            {
                Errors.Print(e);
                refused++;
            }
        }

        return refused > 0 ? ExitCode.CannotRunThere : ExitCode.Done;
    }
}
