using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Ferry.Remote.Sysroots;

/// <summary>Reads what <see cref="FetchScript"/> prints. Nothing in it is trusted: only files that were asked for, in sizes that were told.</summary>
internal sealed class FetchReader : IDisposable
{
    /// <summary>For a file whose size the device did not tell before. libstdc++ with debug info is 20 MB.</summary>
    private const long LargestFile = 64 << 20;

    /// <summary>For all of them.</summary>
    private const long LargestAnswer = 256 << 20;

    private const int LongestLine = 4096;
    private const int LongestNoise = 1 << 20;

    private readonly Stream files;
    private long total;

    /// <summary>Skips what comes before the marker. Throws <see cref="EndOfStreamException"/> when there is none.</summary>
    public FetchReader(Stream output) => files = Content(output);

    /// <summary>What follows the marker, unpacked.</summary>
    public static Stream Content(Stream output)
    {
        for (var noise = 0; ;)
        {
            var line = ReadLine(output, LongestNoise);
            noise += line.Length + 1;
            if (line == FetchScript.Plain)
            {
                return new BufferedStream(output, 64 << 10);
            }

            if (line == FetchScript.Compressed)
            {
                return new BufferedStream(new GZipStream(output, CompressionMode.Decompress), 64 << 10);
            }

            if (noise > LongestNoise)
            {
                throw new InvalidDataException("no files came, but a lot of other output");
            }
        }
    }

    /// <summary>The next file, or null at the end. Throws <see cref="EndOfStreamException"/> when the answer was cut short.</summary>
    public (string Path, byte[] Bytes)? Next(IReadOnlyDictionary<string, long?> asked, Action<long>? progress)
    {
        var line = ReadLine(files, LongestLine);
        if (line == FetchScript.End)
        {
            return null;
        }

        if (line.Split(' ', 3) is not ["file", var digits, var path] || !asked.TryGetValue(path, out var told)
            || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            throw new InvalidDataException("something came that was not asked for");
        }

        if (size > LargestFile || (told is { } expected && expected != size))
        {
            throw new InvalidDataException($"{path} has {size} bytes, {(told is null ? $"more than {LargestFile}" : $"not {told}")}");
        }

        total += size;
        return total <= LargestAnswer ? (path, ReadBytes((int)size, progress)) : throw new InvalidDataException($"more than {LargestAnswer >> 20} MB of files");
    }

    public void Dispose() => files.Dispose();

    private byte[] ReadBytes(int size, Action<long>? progress)
    {
        // Grows with what really comes: a size is only a claim.
        var bytes = new MemoryStream();
        var part = new byte[64 << 10];
        while (bytes.Length < size)
        {
            var count = files.Read(part, 0, (int)Math.Min(part.Length, size - bytes.Length));
            if (count == 0)
            {
                throw new EndOfStreamException();
            }

            bytes.Write(part, 0, count);
            progress?.Invoke(count);
        }

        return bytes.ToArray();
    }

    private static string ReadLine(Stream stream, int longest)
    {
        var line = new List<byte>();
        for (int letter; (letter = stream.ReadByte()) != '\n'; line.Add((byte)letter))
        {
            if (letter < 0)
            {
                throw new EndOfStreamException();
            }

            if (line.Count >= longest)
            {
                throw new InvalidDataException("a line without an end");
            }
        }

        return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
    }
}
