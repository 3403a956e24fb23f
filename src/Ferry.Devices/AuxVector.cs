using System.Buffers.Binary;

namespace Ferry.Devices;

/// <summary>/proc/self/auxv as bytes: pairs of native words, up to AT_NULL (proc(5), getauxval(3)).</summary>
internal static class AuxVector
{
    private const ulong PageSize = 6;
    private const ulong Hwcap = 16;
    private const ulong Hwcap2 = 26;
    private const int MostKinds = 64;

    /// <summary>Reads it in the byte order of the device. Its width is told by nothing but itself: the right one gives a list that ends.</summary>
    public static AuxFacts Read(ReadOnlySpan<byte> bytes, UserlandFacts userland, string? platform)
    {
        var big = userland.BigEndian ?? false;
        var entries = Entries(bytes, 8, big);
        var bits = 64;
        if (entries is null)
        {
            entries = Entries(bytes, 4, big);
            bits = 32;
        }

        return entries is null ? new AuxFacts { Platform = platform } : new AuxFacts
        {
            EntryBits = bits,
            Platform = platform,
            Hwcap = Value(entries, Hwcap),
            Hwcap2 = Value(entries, Hwcap2),
            Names = HwcapNames.Of(userland.Machine, bits, Value(entries, Hwcap), Value(entries, Hwcap2)),
            PageSize = (int?)Value(entries, PageSize) is >= 512 and <= 1 << 24 and var size ? size : null,
        };
    }

    private static ulong? Value(Dictionary<ulong, ulong> entries, ulong kind) => entries.TryGetValue(kind, out var value) ? value : null;

    private static Dictionary<ulong, ulong>? Entries(ReadOnlySpan<byte> bytes, int width, bool big)
    {
        var entries = new Dictionary<ulong, ulong>();
        for (; bytes.Length >= 2 * width; bytes = bytes[(2 * width)..])
        {
            var kind = Word(bytes, width, big);
            if (kind == 0)
            {
                return entries.ContainsKey(PageSize) ? entries : null;
            }

            if (kind > MostKinds)
            {
                return null;
            }

            entries[kind] = Word(bytes[width..], width, big);
        }

        return null;
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int width, bool big) => (width, big) switch
    {
        (8, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        (8, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
    };
}
