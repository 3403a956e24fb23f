namespace Ferry.Packages.Formats;

/// <summary>The checksums of .xz: CRC-32 (IEEE 802.3) and CRC-64 (ECMA-182), both reflected.</summary>
internal static class Crc
{
    private static readonly ulong[] Table32 = Table(0xEDB88320);
    private static readonly ulong[] Table64 = Table(0xC96C5795D7870F42);

    public static uint Crc32(ReadOnlySpan<byte> bytes) => (uint)Of(bytes, Table32, uint.MaxValue);

    public static ulong Crc64(ReadOnlySpan<byte> bytes) => Of(bytes, Table64, ulong.MaxValue);

    private static ulong Of(ReadOnlySpan<byte> bytes, ulong[] table, ulong ones)
    {
        var crc = ones;
        foreach (var octet in bytes)
        {
            crc = table[(byte)(crc ^ octet)] ^ (crc >> 8);
        }

        return crc ^ ones;
    }

    private static ulong[] Table(ulong polynomial) => [.. Enumerable.Range(0, 256).Select(index =>
    {
        var value = (ulong)index;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
        }

        return value;
    })];
}
