namespace Ferry.Packages.Formats;

/// <summary>A file of a package, or a link. Paths are absolute, as on the device.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Bytes">The content; null for a link.</param>
/// <param name="Target">Where a link leads, as it was written.</param>
internal sealed record PackageFile(string Path, byte[]? Bytes, string? Target);
