using Ferry.Packages.Formats;

namespace Ferry.Packages;

/// <summary>A package that an archive has.</summary>
/// <param name="Info">What the index says of it.</param>
/// <param name="Address">Where its file is.</param>
/// <param name="Sha256">Lower-case hex, from the verified index.</param>
/// <param name="Size">In bytes.</param>
/// <param name="NotAutomatic">Its archive is one that is not taken from unasked.</param>
internal sealed record ArchivePackage(PackageInfo Info, string Address, string Sha256, long Size, bool NotAutomatic);
