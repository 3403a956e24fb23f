using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>What the check has to know of a shared library, so that the library need not be read each time. Kept in a sysroot's description.</summary>
public sealed record LibraryFacts
{
    /// <summary>Its file name, by which others need it.</summary>
    public required string Name { get; init; }

    /// <summary>The symbol versions that it defines, the base left out; none in libraries without versions (musl's).</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];

    /// <summary>The libraries that it needs.</summary>
    public IReadOnlyList<string> Needed { get; init; } = [];

    /// <summary>The symbol versions that it wants of them.</summary>
    public IReadOnlyList<WantedVersion> Wants { get; init; } = [];

    /// <summary>
    /// The width of the times that it passes to the C library, 32 or 64, by glibc's names for its functions on 32-bit machines (2.34 and later have both); null when it calls
    /// none of them, or on 64-bit machines.
    /// </summary>
    public int? TimeBits { get; init; }

    /// <summary>Reads them from a library (or a program: it wants in the same way).</summary>
    /// <exception cref="ElfFormatException">Its tables are broken.</exception>
    public static LibraryFacts Of(string name, ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new LibraryFacts
        {
            Name = name,
            Versions = [.. file.VersionDefinitions.Where(version => !version.IsBase).Select(version => version.Name)],
            Needed = file.Dynamic?.Needed ?? [],
            TimeBits = TimeFunctions.BitsIn(file),
            Wants = [.. file.VersionNeeds.SelectMany(need => need.Versions.Select(version =>
                new WantedVersion(need.File, version.Name, version.Symbols is [var first, ..] ? first.Name : null, version.IsWeak)))],
        };
    }
}
