namespace Ferry.Packages;

/// <summary>A file that a Release file vouches for.</summary>
/// <param name="Path">Relative to the Release file.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Size">In bytes.</param>
internal sealed record ReleaseEntry(string Path, string Sha256, long Size);
