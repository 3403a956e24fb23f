using System.Text;

namespace Ferry.Elf.Stubs;

/// <summary>A string table, each string once.</summary>
internal sealed class StubStrings
{
    private readonly Dictionary<string, uint> places = new() { [""] = 0 };
    private readonly List<byte> all = [0];

    /// <summary>Where a string begins; it is put in if it is not there.</summary>
    public uint At(string text)
    {
        if (!places.TryGetValue(text, out var at))
        {
            places[text] = at = (uint)all.Count;
            all.AddRange(Encoding.UTF8.GetBytes(text));
            all.Add(0);
        }

        return at;
    }

    public byte[] ToArray() => [.. all];
}
