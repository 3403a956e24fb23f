using Ferry.Devices;

namespace Ferry.Remote.Probing;

/// <summary>A device is of use only with a folder that can be written to and executed in.</summary>
internal static class StoreFolderCheck
{
    /// <summary>Throws <see cref="FerryException"/> (exit 3) that says of each folder why it was refused.</summary>
    public static StoreFolder Require(DeviceProfile profile, string device) =>
        profile.Folder ?? throw new FerryException(
            $"device '{device}' has no folder where ferry can keep and start programs",
            profile.RefusedFolders.Count == 0 ? "it named none that it tried"
                : string.Join("; ", profile.RefusedFolders.Select(folder => $"{folder.Path}: {RefusalReasons.Describe(folder.Reason)}")),
            "make one of these writable and executable for the user there",
            ExitCode.DeviceUnreachable);
}
