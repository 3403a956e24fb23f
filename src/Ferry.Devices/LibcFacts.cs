namespace Ferry.Devices;

/// <summary>The C library of the device.</summary>
public sealed record LibcFacts
{
    /// <summary>Which one, when its version text or its loader's name says so.</summary>
    public LibcKind? Kind { get; init; }

    /// <summary>"2.36".</summary>
    public string? Version { get; init; }

    /// <summary>The newest version of each family of symbols that the device's libraries define: "GLIBC" to "2.36", "GCC", "GLIBCXX", "CXXABI".</summary>
    public IReadOnlyDictionary<string, string> NewestVersions { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>On a 32-bit userland, whether its libraries pass times of 64 bits (time64: Debian 13 and later on armhf); null on 64-bit ones, where all do.</summary>
    public bool? Time64 { get; init; }

    /// <summary>The loader that /bin/sh names in PT_INTERP: the path that programs for this device must name.</summary>
    public string? Interpreter { get; init; }

    /// <summary>Every loader that is there, by path.</summary>
    public IReadOnlyList<string> Loaders { get; init; } = [];

    /// <summary>The loader that programs are to name: /bin/sh's; where that is static, the only loader that there is; else null.</summary>
    public string? FindLoader() => Interpreter ?? (Loaders is [var only] ? only : null);
}
