namespace Ferry.Remote;

/// <summary>A device that was imported (<c>ferry sysroot import</c>) has libraries and a profile, and no address: it can be built for, not reached.</summary>
internal static class ImportedDevice
{
    /// <summary>What stands in place of an address, for people.</summary>
    public const string Address = "imported";

    public static void ThrowIfIs(string name, string address, string? emulator = null)
    {
        if (address.Length == 0)
        {
            throw new FerryException(
                $"device '{name}' was imported, and has no address",
                "an export tells what a device is, not where it is",
                (emulator is null ? "" : $"run the program in the emulator: --on {emulator}; or ") + $"give the device itself: ferry device add {name} [USER@]HOST",
                ExitCode.DeviceUnreachable);
        }
    }
}
