using Ferry.Packages.Formats;

namespace Ferry.Packages;

/// <summary>A package whose files are to come into a sysroot.</summary>
/// <param name="Info">What is known of it.</param>
/// <param name="Archive">Where it is to be fetched; null when it is installed on the device.</param>
/// <param name="Asked">Whether the user named it.</param>
internal sealed record ChosenPackage(PackageInfo Info, ArchivePackage? Archive, bool Asked);
