namespace Ferry.Packages;

/// <summary>One archive of a device's apt sources: one suite of one address.</summary>
internal sealed record AptSource
{
    /// <summary>With a slash at its end.</summary>
    public required string Address { get; init; }

    /// <summary>"bookworm"; for a flat archive a folder with a slash at its end.</summary>
    public required string Suite { get; init; }

    /// <summary>None in a flat archive.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Only for these; empty for all.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = [];

    /// <summary>Keyrings of the device and fingerprints; empty for all that apt trusts.</summary>
    public IReadOnlyList<string> SignedBy { get; init; } = [];

    /// <summary>A key that stands in the source itself, armoured.</summary>
    public string? Key { get; init; }

    /// <summary>Marked <c>trusted=yes</c>: apt would not verify it.</summary>
    public bool Unverified { get; init; }

    public bool IsFlat => Suite.EndsWith('/');

    /// <summary>The folder of its Release file.</summary>
    public string Folder => Address + (IsFlat ? Suite.TrimStart('.', '/') : $"dists/{Suite}/");

    public string Title => $"{Address} {Suite}";

    public bool IsFor(string architecture) => Architectures.Count == 0 || Architectures.Contains(architecture);
}
