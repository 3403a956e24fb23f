using System.Text;
using Ferry.Remote.Ssh;
using Ferry.Remote.Sysroots;

namespace Ferry.Remote.Cores;

/// <summary>Brings a core file from a device: as it lies there, or unpacked when this PC cannot do that. What is not whole does not get its name.</summary>
internal static class CoreFetch
{
    private const string End = "\n==ferry-core-end== ";
    private const string NoTool = "127"; // a shell's word for a command that is not there
    private const long Largest = 1L << 36;

    /// <param name="run">Runs a script there.</param>
    /// <param name="core">Which.</param>
    /// <param name="gzip">Whether the device can compress what it sends.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="unpack">Whether the device is to unpack it.</param>
    /// <param name="progress">Hears how many of how many bytes have come.</param>
    /// <exception cref="InvalidDataException">It did not come whole.</exception>
    /// <exception cref="IOException">So, too, or it cannot be written.</exception>
    public static void Run(RunRemoteScript run, FoundCore core, bool gzip, string path, bool unpack, Action<long, long> progress)
    {
        var half = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            using (var file = File.Open(half, CorePacking.Fresh()))
            using (var output = run(Script(core.Path, gzip && (unpack || CorePacking.ToolFor(core.Path) is null), unpack)))
            using (var content = FetchReader.Content(output))
            {
                Copy(content, file, unpack ? null : core.Size, progress);
            }

            File.Move(half, path, overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
    }

    internal static string Script(string path, bool gzip, bool unpack) =>
        $$"""
        {{CorePacking.Function}}
        ferry_core() {
          {{(unpack ? "ferry_unpack" : "cat")}} {{ShellQuote.Posix(path)}}
          printf '\n==ferry-core-end== %d\n' $?
        }
        ferry_send() {
          LC_ALL=C PATH=${PATH:-/bin}:/usr/bin:/bin
          export LC_ALL PATH
          {{(gzip ? $"printf '\\n{FetchScript.Compressed}\\n'; ferry_core | gzip -1c" : $"printf '\\n{FetchScript.Plain}\\n'; ferry_core")}}
        }
        ferry_send </dev/null 2>/dev/null

        """.ReplaceLineEndings("\n");

    /// <summary>Zeros are most of many a core: they become holes.</summary>
    private static void Copy(Stream content, FileStream file, long? size, Action<long, long> progress)
    {
        var part = new byte[64 << 10];
        var tail = Array.Empty<byte>();
        long came = 0;
        for (int count; (count = content.ReadAtLeast(part, part.Length, throwOnEndOfStream: false)) > 0;)
        {
            var bytes = part.AsSpan(0, count);
            if (bytes.ContainsAnyExcept((byte)0))
            {
                file.Position = came;
                file.Write(bytes);
            }

            came += count;
            tail = [.. tail, .. bytes[Math.Max(0, count - 64)..]];
            tail = tail[Math.Max(0, tail.Length - 64)..];
            progress(came, Math.Max(came, size ?? 0));
            if (came > Largest)
            {
                throw new InvalidDataException($"it is larger than {Largest >> 30} GB");
            }
        }

        var text = Encoding.Latin1.GetString(tail);
        var at = text.LastIndexOf(End, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new EndOfStreamException();
        }

        if (text[(at + End.Length)..].TrimEnd() is not "0" and var code)
        {
            throw new InvalidDataException(code == NoTool ? "it is compressed, and neither this PC nor the device has the tool to unpack it" : $"the device could not read it (exit code {code})");
        }

        file.SetLength(came - (text.Length - at));
    }
}
