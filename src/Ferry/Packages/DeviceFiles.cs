using System.Text;
using Ferry.Devices;
using Ferry.Remote;
using Ferry.Remote.Sysroots;

namespace Ferry.Packages;

/// <summary>Files of a device by their paths, links followed: its package list, its apt sources, libraries. Any POSIX shell will do.</summary>
internal static class DeviceFiles
{
    public static IReadOnlyDictionary<string, string> Text(RunRemoteScript run, IEnumerable<string> paths, DeviceProfile profile, string device) =>
        Read(run, paths, profile, device).ToDictionary(file => file.Key, file => Encoding.UTF8.GetString(file.Value));

    /// <summary>Those that could be read. Throws <see cref="FerryException"/> (exit 3) where the answer was cut short.</summary>
    public static IReadOnlyDictionary<string, byte[]> Read(RunRemoteScript run, IEnumerable<string> paths, DeviceProfile profile, string device)
    {
        var asked = paths.Where(DevicePath.IsPlain).Distinct().ToDictionary(path => path, _ => (long?)null);
        var files = new Dictionary<string, byte[]>();
        if (asked.Count == 0)
        {
            return files;
        }

        try
        {
            using var output = run(FetchScript.For(asked.Keys, profile.Tools.Contains("gzip")));
            using var reader = new FetchReader(output);
            while (reader.Next(asked, null) is var (path, bytes))
            {
                files[path] = bytes;
            }

            return files;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new FerryException($"cannot bring files of device '{device}' here", e is EndOfStreamException ? "its answer was cut short" : e.Message, $"ferry device check {device}", ExitCode.DeviceUnreachable);
        }
    }
}
