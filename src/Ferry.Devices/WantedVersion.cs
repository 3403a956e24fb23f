namespace Ferry.Devices;

/// <summary>A symbol version that a program or library wants of a library.</summary>
/// <param name="File">The library, by its DT_NEEDED name.</param>
/// <param name="Version">"GLIBC_2.34".</param>
/// <param name="Symbol">The first symbol that wants it; null when none does (GLIBC_ABI_DT_RELR).</param>
/// <param name="IsWeak">The loader goes on without it.</param>
public sealed record WantedVersion(string File, string Version, string? Symbol, bool IsWeak);
