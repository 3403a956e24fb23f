using System.Globalization;

namespace Ferry.Remote.Sysroots;

/// <summary>The checksum that cksum(1) prints (POSIX.1, "cksum"): devices without sha256sum have it.</summary>
internal static class PosixChecksum
{
    private const uint Polynomial = 0x04c11db7;

    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Remainder)];

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        foreach (var octet in bytes)
        {
            sum = Next(sum, octet);
        }

        for (var length = (ulong)bytes.Length; length != 0; length >>= 8)
        {
            sum = Next(sum, (byte)length);
        }

        return (~sum).ToString(CultureInfo.InvariantCulture);
    }

    private static uint Next(uint sum, byte octet) => (sum << 8) ^ Table[(sum >> 24) ^ octet];

    private static uint Remainder(int index)
    {
        var value = (uint)index << 24;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value & 0x80000000) != 0 ? (value << 1) ^ Polynomial : value << 1;
        }

        return value;
    }
}
