using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ferry.Packages.Formats;
using Ferry.Remote;
using Ferry.Remote.Sysroots;

namespace Ferry.Packages;

/// <summary>The files of a package that is installed on a device, in one trip. Where dpkg is, there are tar and gzip.</summary>
internal static class DeviceTar
{
    private const string Marker = "==ferry-tar==";
    private const int LongestLine = 1 << 16;

    /// <summary>The files of installed packages that a link has a use for.</summary>
    public static IReadOnlyList<PackageFile> OfPackage(RunRemoteScript run, string package, string device) =>
        Read(run, $"dpkg -L {package} | grep -E '^(/usr)?(/local)?/(include|lib|lib32|lib64|share)/'", device);

    // A tar that was cut short between two files looks whole: so the number of files comes first.
    private static List<PackageFile> Read(RunRemoteScript run, string list, string device)
    {
        try
        {
            using var output = run($$"""
                ferry_tar() {
                LC_ALL=C PATH=${PATH:-/bin}:/usr/sbin:/usr/bin:/sbin:/bin
                export LC_ALL PATH
                names=$({{list}} | sort -u | while read -r file; do if [ -f "$file" ] || [ -h "$file" ]; then printf '%s\n' "$file"; fi; done)
                printf '\n{{Marker}}\n%s\n' $(($(printf '%s' "$names" | grep -c .)))
                printf '%s' "$names" | tar -c --no-recursion -f - -T - | gzip -c
                }
                ferry_tar </dev/null 2>/dev/null

                """.ReplaceLineEndings("\n"));
            while (Line(output) != Marker)
            {
            }

            var count = int.Parse(Line(output), NumberStyles.None, CultureInfo.InvariantCulture);
            var bytes = new MemoryStream();
            using var plain = new GZipStream(output, CompressionMode.Decompress);
            plain.CopyTo(bytes);
            var came = 0;
            var files = TarFiles.Read(bytes.ToArray(), path => ++came > 0 && SysrootPaths.IsWanted(path)).ToList();
            return came == count ? files : throw new EndOfStreamException();
        }
        catch (Exception e) when (e is IOException or InvalidDataException or FormatException or OverflowException)
        {
            throw new FerryException($"cannot bring files of device '{device}' here", e is EndOfStreamException ? "its answer was cut short" : e.Message, $"ferry device check {device}", ExitCode.DeviceUnreachable);
        }
    }

    private static string Line(Stream stream)
    {
        var line = new List<byte>();
        for (int letter; (letter = stream.ReadByte()) != '\n'; line.Add((byte)letter))
        {
            if (letter < 0 || line.Count > LongestLine)
            {
                throw new EndOfStreamException();
            }
        }

        return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
    }
}
