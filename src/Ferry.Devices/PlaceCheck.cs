namespace Ferry.Devices;

/// <summary>Whether the folder where the program is to be lets it run, and has room for it.</summary>
internal static class PlaceCheck
{
    private const int AnyExecute = 0x49; // 0111

    public static IEnumerable<Finding> Of(FileFacts file, string name, DeviceFacts device)
    {
        var profile = device.Profile;
        var path = file.Folder ?? profile.Folder?.Path;
        var place = profile.Folders.FirstOrDefault(folder => folder.Path == path);
        var isOwn = file.Folder is null || file.Folder == profile.Folder?.Path;
        if (place?.MountOptions.Contains("noexec") == true)
        {
            yield return NoExec(name, $"{path} is on a file system that is mounted {string.Join(',', place.MountOptions)}", device);
        }
        else if (path is null && profile.RefusedFolders.FirstOrDefault(folder => folder.Reason == "noexec") is { } refused)
        {
            yield return NoExec(name, $"{refused.Path}: {RefusalReasons.Describe(refused.Reason)}", device);
        }

        if (file.Size is { } size && ((isOwn ? profile.Folder?.FreeBytes : null) ?? place?.FreeBytes) is { } free && size > free)
        {
            yield return FindingKinds.NoSpace.Of(
                $"'{name}' has {Bytes(size)}, more than was free in {path} of device '{device.Name}' when it was last looked at: {Bytes(free)}",
                null, $"ferry clean --on {device.Name}");
        }

        if (file.Mode is { } mode && (mode & AnyExecute) == 0)
        {
            yield return FindingKinds.NotExecutable.Of($"'{name}' is not marked as executable", $"its mode is {Convert.ToString(mode & 0xfff, 8).PadLeft(4, '0')}; Ferry sets it when it sends a program", $"chmod +x {name}");
        }
    }

    private static Finding NoExec(string name, string cause, DeviceFacts device) =>
        FindingKinds.NoExec.Of($"no folder of device '{device.Name}' lets '{name}' run", cause, $"mount -o remount,exec that file system on the device, then: ferry device add {device.Name}");

    private static string Bytes(long count) => count < 1 << 20 ? $"{count} bytes" : $"{count / (double)(1 << 20):0.0} MiB";
}
