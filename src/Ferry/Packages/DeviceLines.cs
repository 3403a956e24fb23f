using System.Text;
using Ferry.Remote;

namespace Ferry.Packages;

/// <summary>Short answers of a device, line by line: what a script printed between its marker and its end.</summary>
internal static class DeviceLines
{
    public const string End = "==ferry-end==";

    private const int LongestAnswer = 4 << 20;

    /// <summary>Runs the script between a marker and an end. Throws <see cref="FerryException"/> (exit 3) where the answer is not whole.</summary>
    public static IReadOnlyList<string> Of(RunRemoteScript run, string marker, string script, string device)
    {
        using var output = run($$"""
            printf '\n{{marker}}\n'
            ferry_lines() {
            LC_ALL=C PATH=${PATH:-/bin}:/usr/sbin:/usr/bin:/sbin:/bin
            export LC_ALL PATH
            {{script}}
            }
            ferry_lines </dev/null 2>/dev/null
            printf '\n{{End}}\n'

            """.ReplaceLineEndings("\n"));
        var lines = Read(output).Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        var (begin, end) = (lines.IndexOf(marker), lines.LastIndexOf(End));
        return begin >= 0 && end > begin ? lines[(begin + 1)..end]
            : throw new FerryException($"the answer of device '{device}' was cut short", help: $"ferry device check {device}", exit: ExitCode.DeviceUnreachable);
    }

    private static string Read(Stream output)
    {
        var bytes = new MemoryStream();
        var part = new byte[16 << 10];
        for (int count; (count = output.Read(part)) > 0 && bytes.Length <= LongestAnswer;)
        {
            bytes.Write(part, 0, count);
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
