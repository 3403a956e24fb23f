namespace Ferry.Commands.Inspecting;

/// <summary>A symbol version that is needed.</summary>
/// <param name="Library">Of which library.</param>
/// <param name="Version">Such as GLIBC_2.34.</param>
/// <param name="Weak">Whether the loader only warns when it is missing.</param>
/// <param name="Symbols">Those that need it.</param>
internal sealed record VersionReport(string Library, string Version, bool Weak, IReadOnlyList<string> Symbols);
