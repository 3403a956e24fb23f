using System.Security.Cryptography;

namespace Ferry.Remote.Sysroots;

/// <summary>A wanted file whose content is here.</summary>
/// <param name="Wanted">Where it lies.</param>
/// <param name="Bytes">The content.</param>
/// <param name="Package">See <see cref="SysrootFile.Package"/>.</param>
/// <param name="Same">See <see cref="SysrootFile.Same"/>.</param>
internal sealed record SysrootContent(WantedFile Wanted, byte[] Bytes, string? Package = null, string? Same = null)
{
    public SysrootFile Describe() => new()
    {
        Paths = Wanted.Paths,
        Size = Bytes.Length,
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(Bytes)),
        Cksum = PosixChecksum.Of(Bytes),
        Package = Package,
        Same = Same,
    };

    /// <summary>Whether these bytes are what the device said of the file.</summary>
    public static bool Fits(WantedFile wanted, byte[] bytes) =>
        (wanted.Size is null || wanted.Size == bytes.Length)
        && (wanted.Sha256 is null || wanted.Sha256 == Convert.ToHexStringLower(SHA256.HashData(bytes)))
        && (wanted.Cksum is null || wanted.Cksum == PosixChecksum.Of(bytes));
}
