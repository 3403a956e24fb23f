namespace Ferry.Elf.Stubs;

/// <summary>The symbol versions of glibc: GLIBC_2.17 is a number, GLIBC_PRIVATE and GLIBC_ABI_DT_RELR are none.</summary>
public static class GlibcVersion
{
    private const string Family = "GLIBC_";

    /// <summary>Whether the version is one of glibc's.</summary>
    public static bool IsOfFamily(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.StartsWith(Family, StringComparison.Ordinal);
    }

    /// <summary>The number of a version of glibc's, or null.</summary>
    public static Version? Number(string version) =>
        IsOfFamily(version) && Version.TryParse(version.AsSpan(Family.Length), out var number) ? number : null;
}
