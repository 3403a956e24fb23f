using System.Formats.Tar;

namespace Ferry.Packages.Formats;

/// <summary>The files and links of a tar archive, in memory: nothing is written by names that come from outside.</summary>
internal static class TarFiles
{
    public static IEnumerable<PackageFile> Read(byte[] archive, Func<string, bool> wanted) => Read(new MemoryStream(archive), wanted);

    /// <summary>Throws <see cref="InvalidDataException"/>, and <see cref="EndOfStreamException"/> where it was cut short.</summary>
    public static IEnumerable<PackageFile> Read(Stream archive, Func<string, bool> wanted)
    {
        using var reader = new TarReader(archive);
        while (reader.GetNextEntry() is { } entry)
        {
            var path = "/" + (entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name.TrimStart('/')).TrimEnd('/');
            if (path.Split('/').Any(part => part == ".."))
            {
                throw new InvalidDataException($"a file that leaves its folder: {entry.Name}");
            }

            if (!wanted(path))
            {
                continue;
            }

            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    yield return new(path, Content(entry), null);
                    break;
                case TarEntryType.SymbolicLink:
                    yield return new(path, null, entry.LinkName);
                    break;
                case TarEntryType.HardLink:
                    yield return new(path, null, "/" + entry.LinkName.TrimStart('.').TrimStart('/'));
                    break;
            }
        }
    }

    private static byte[] Content(TarEntry entry)
    {
        var bytes = new MemoryStream();
        entry.DataStream?.CopyTo(bytes);
        return bytes.Length == entry.Length ? bytes.ToArray() : throw new EndOfStreamException();
    }
}
