using System.Globalization;

namespace Ferry.Linking;

/// <summary>
/// lld's <c>--Map</c>: which section of which object lies where in the output. Its lines are <c>VMA LMA Size Align</c>, then the output's section, an input
/// section eight columns further, or a symbol sixteen further.
/// </summary>
public sealed class LinkMap
{
    private const int InputColumn = 8;
    private readonly List<LinkMapEntry> entries;

    private LinkMap(List<LinkMapEntry> entries) => this.entries = entries;

    /// <summary>The input sections that are in memory when the program runs, by address.</summary>
    public IReadOnlyList<LinkMapEntry> Entries => entries;

    /// <summary>Reads a map. Lines of another form are left out.</summary>
    public static LinkMap Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var objects = new Dictionary<string, LinkedObject>();
        var found = new List<LinkMapEntry>();
        var inMemory = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            // Debug information has addresses, too: they count from 0 in each section of it.
            if (OutputAddress(line) is { } output)
            {
                inMemory = output > 0;
            }
            else if (inMemory && Entry(line, objects) is { Size: > 0 } entry)
            {
                found.Add(entry);
            }
        }

        found.Sort((one, other) => one.Address.CompareTo(other.Address));
        return new LinkMap(found);
    }

    /// <summary>What lies at an address, or null.</summary>
    public LinkMapEntry? At(ulong address)
    {
        var (low, high) = (0, entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = entries[middle].Address <= address ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && address - entries[low - 1].Address < entries[low - 1].Size ? entries[low - 1] : null;
    }

    /// <summary>Where a section of the output lies, if the line is about one.</summary>
    private static ulong? OutputAddress(ReadOnlySpan<char> line) => Fields(line, 0, out var address, out _, out _) ? address : null;

    private static LinkMapEntry? Entry(ReadOnlySpan<char> line, Dictionary<string, LinkedObject> objects)
    {
        if (!Fields(line, InputColumn, out var address, out var size, out var name))
        {
            return null;
        }

        var end = name.LastIndexOf(":(", StringComparison.Ordinal);
        return end < 0 || name[^1] != ')' ? null : new LinkMapEntry(address, size, ObjectOf(name[..end].ToString(), objects), name[(end + 2)..^1].ToString());
    }

    // One blank behind the alignment, then the column.
    private static bool Fields(ReadOnlySpan<char> line, int column, out ulong address, out ulong size, out ReadOnlySpan<char> name)
    {
        var rest = line;
        size = 0;
        name = default;
        if (!Number(ref rest, out address) || !Number(ref rest, out _) || !Number(ref rest, out size) || !Number(ref rest, out _))
        {
            return false;
        }

        name = rest.TrimStart(' ');
        return name.Length > 0 && rest.Length - name.Length == column + 1;
    }

    private static LinkedObject ObjectOf(string name, Dictionary<string, LinkedObject> objects) =>
        objects.TryGetValue(name, out var known) ? known : objects[name] = LinkedObject.Parse(name);

    private static bool Number(ref ReadOnlySpan<char> rest, out ulong number)
    {
        rest = rest.TrimStart(' ');
        var end = rest.IndexOf(' ');
        number = 0;
        if (end <= 0 || !ulong.TryParse(rest[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number))
        {
            return false;
        }

        rest = rest[end..];
        return true;
    }
}
