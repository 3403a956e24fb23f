namespace Ferry.Elf.Cores;

/// <summary>A part of a file that a process has in its memory.</summary>
/// <param name="Start">Its first address.</param>
/// <param name="End">The address behind its last.</param>
/// <param name="Offset">Where in the file it begins, in bytes.</param>
/// <param name="Path">The file's path there, or a name in brackets such as <c>[stack]</c>; empty for memory without a file.</param>
/// <param name="Rights">As /proc writes them (<c>r-xp</c>); empty when it is not known.</param>
public sealed record MappedFile(ulong Start, ulong End, ulong Offset, string Path, string Rights)
{
    /// <summary>Whether an address lies in it.</summary>
    public bool Contains(ulong address) => address >= Start && address < End;

    /// <summary>The lines of /proc/PID/maps (proc(5)) that can be read.</summary>
    public static IReadOnlyList<MappedFile> Parse(string maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        var found = new List<MappedFile>();
        foreach (var line in maps.Split('\n'))
        {
            // address perms offset dev inode path; the path may hold blanks.
            var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 5 && fields[0].Split('-') is [var start, var end] && Hex(start) is { } from && Hex(end) is { } to && Hex(fields[2]) is { } offset)
            {
                found.Add(new MappedFile(from, to, offset, fields.Length > 5 ? fields[5].Trim() : "", fields[1]));
            }
        }

        return found;
    }

    private static ulong? Hex(string text) =>
        ulong.TryParse(text, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
