using System.Text;
using Ferry.Devices;
using Ferry.Remote;
using Ferry.Remote.Sysroots;

namespace Ferry.Packages;

/// <summary>Small files of a device, by their paths: its package list, its apt sources.</summary>
internal static class DeviceFiles
{
    /// <summary>Those that could be read. Throws <see cref="FerryException"/> (exit 3) where the answer was cut short.</summary>
    public static IReadOnlyDictionary<string, string> Read(RunRemoteScript run, IEnumerable<string> paths, bool gzip, string device)
    {
        var asked = paths.Where(DevicePath.IsPlain).Distinct().ToDictionary(path => path, _ => (long?)null);
        var files = new Dictionary<string, string>();
        try
        {
            using var output = run(FetchScript.For(asked.Keys, gzip));
            using var reader = new FetchReader(output);
            while (reader.Next(asked, null) is var (path, bytes))
            {
                files[path] = Encoding.UTF8.GetString(bytes);
            }

            return files;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new FerryException($"cannot read the package list of device '{device}'", e is EndOfStreamException ? "its answer was cut short" : e.Message, $"ferry device check {device}", ExitCode.DeviceUnreachable);
        }
    }
}
