namespace Ferry.Commands.Inspecting;

/// <summary>What a file is that is no ELF file, by how it begins.</summary>
internal static class ForeignBytes
{
    private static readonly (byte[] Start, string What)[] Table =
    [
        ([0xcf, 0xfa, 0xed, 0xfe], "a program or object for macOS (Mach-O)"),
        ([0xce, 0xfa, 0xed, 0xfe], "a program or object for macOS (Mach-O)"),
        ([0xca, 0xfe, 0xba, 0xbe], "a universal program for macOS, or a class of Java"),
        ([.. "MZ"u8], "a program for Windows"),
        ([.. "\0asm"u8], "a WebAssembly module"),
        ([.. "BC"u8, 0xc0, 0xde], "bitcode of LLVM"),
        ([.. "rust"u8, 0], "metadata of rustc (.rmeta)"),
        ([0x1f, 0x8b], "compressed with gzip"),
        ([0xfd, .. "7zXZ"u8], "compressed with xz"),
        ([0x28, 0xb5, 0x2f, 0xfd], "compressed with zstd"),
        ([.. "BZh"u8], "compressed with bzip2"),
        ([.. "PK\u0003\u0004"u8], "a zip archive"),
        ([0x27, 0x05, 0x19, 0x56], "an image for U-Boot"),
        ([0xd0, 0x0d, 0xfe, 0xed], "a device tree"),
    ];

    public static string Tell(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("#!"u8))
        {
            var line = bytes[2..Math.Min(bytes.Length, 100)];
            var end = line.IndexOfAny((byte)'\n', (byte)'\r');
            return $"it is a script for {System.Text.Encoding.UTF8.GetString(end < 0 ? line : line[..end]).Trim()}";
        }

        foreach (var (start, what) in Table)
        {
            if (bytes.StartsWith(start))
            {
                return "it is " + what;
            }
        }

        return bytes[..Math.Min(bytes.Length, 512)].ContainsAnyExceptInRange((byte)' ', (byte)'~') && !IsText(bytes)
            ? "it begins with the bytes " + string.Join(' ', bytes[..Math.Min(bytes.Length, 8)].ToArray().Select(value => value.ToString("x2")))
            : "it is text";
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes[..Math.Min(bytes.Length, 512)])
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0c) or 0x7f)
            {
                return false;
            }
        }

        return true;
    }
}
