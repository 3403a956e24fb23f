using System.Collections.Frozen;

namespace Ferry.Elf.Stubs;

/// <summary>The libraries in which symbols of today's libc.so.6 used to be: <c>moved-symbols.txt</c>.</summary>
internal static class MovedSymbols
{
    /// <summary>The first glibc in which none of them was in its old library.</summary>
    public static Version Moved { get; } = new(2, 34);

    /// <summary>The last glibc in which all of them were: a version that is newer has been in libc.so.6 from the beginning.</summary>
    public static Version LastInOldLibrary { get; } = new(2, 31);

    private static readonly Lazy<FrozenDictionary<string, string>> Table = new(Read);

    /// <summary>The library (its soname) in which a symbol of libc.so.6 was, or null.</summary>
    public static string? OldLibraryOf(string symbol) => Table.Value.GetValueOrDefault(symbol);

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(MovedSymbols).Assembly.GetManifestResourceStream("moved-symbols.txt")!;
        using var reader = new StreamReader(stream);
        var table = new Dictionary<string, string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#' && line.Split(' ') is [var library, .. var symbols])
            {
                foreach (var symbol in symbols)
                {
                    table.Add(symbol, library);
                }
            }
        }

        return table.ToFrozenDictionary();
    }
}
