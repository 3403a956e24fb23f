using System.Globalization;
using Ferry.Devices;
using Ferry.Remote.Cores;
using Ferry.Remote.Ssh;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands.Debugging;

/// <summary>The newest core that a program has left on a device, brought here. The last one of each program stays in the cache: who looks again waits for nothing.</summary>
internal static class CoreKeeping
{
    private static string All { get; } = Path.Combine(Folders.Cache, "cores");

    /// <summary>A folder for what belongs to one core; that of the one before goes.</summary>
    /// <param name="whose">Of which program, where.</param>
    /// <param name="core">Which one.</param>
    public static string FolderOf(string whose, string core)
    {
        var (first, name) = (NameHash.Of(whose), NameHash.Of(core));
        Directory.CreateDirectory(All);
        foreach (var other in Directory.EnumerateDirectories(All, first + "-*").Where(other => !other.EndsWith(name, StringComparison.Ordinal)))
        {
            Directory.Delete(other, recursive: true);
        }

        var folder = Path.Combine(All, $"{first}-{name}");
        Directory.CreateDirectory(folder);
        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow); // used now: it stays
        return folder;
    }

    /// <param name="device">Where.</param>
    /// <param name="program">The program's name.</param>
    /// <param name="folder">The folder that it runs in there, when that is not the home folder.</param>
    /// <returns>The core on this PC, and the folder that it has for itself.</returns>
    public static (string File, string Folder) Newest(DeviceRecord device, string program, string? folder)
    {
        var master = SshMaster.Connect(SshAddress.Parse(device.Address));
        string[] worked = device.Profile.Folder is { } own ? [$"{own.Path}/work/*/workspace", $"{own.Path}/work/*/workspace/*"] : [];
        var search = CoreSearch.Run(master, program, [.. folder is null ? Array.Empty<string>() : [folder], .. worked, "/", "/tmp"]);
        var core = search.Cores.Count > 0 ? search.Cores[0] : throw CoreTrouble.None(device, program, search);
        Status.Say("Found", $"core of '{program}' on device '{device.Name}', {core.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}{(core.Size is { } size ? ", " + Sizes.Text(size) : "")}: {core.Path}");
        foreach (var older in search.Cores.Skip(1))
        {
            Status.Detail("Older", $"{older.Time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}: {older.Path}");
        }

        if (!core.IsReadable)
        {
            throw CoreTrouble.NotReadable(device, core);
        }

        var place = FolderOf($"{device.Name} {program}", $"{core.Path} {core.Time.ToUnixTimeSeconds()} {core.Size}");
        var file = Path.Combine(place, "core");
        if (!File.Exists(file))
        {
            Fetch(master, device, core, place, file);
        }

        return (file, place);
    }

    private static void Fetch(SshMaster master, DeviceRecord device, FoundCore core, string place, string file)
    {
        var unpackThere = !CorePacking.CanUnpack(core.Path);
        var came = unpackThere || CorePacking.ToolFor(core.Path) is null ? file : Path.Combine(place, "packed" + Path.GetExtension(core.Path));
        try
        {
            using var line = new TransferLine("Fetching", $"the core from {device.Name}");
            CoreFetch.Run(script => RemoteScriptOutput.Of(master, script), core, device.Profile.Tools.Contains("gzip"), came, unpackThere, line.Report);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new FerryException($"cannot bring '{core.Path}' of device '{device.Name}' here", e is EndOfStreamException ? "its answer was cut short" : e.Message, $"ferry device check {device.Name}", ExitCode.DeviceUnreachable);
        }

        if (came != file)
        {
            File.Move(CorePacking.Unpack(came, file + ".tmp"), file);
            File.Delete(came);
        }
    }
}
