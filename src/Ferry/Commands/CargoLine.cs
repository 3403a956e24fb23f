namespace Ferry.Commands;

/// <summary>What was typed for a verb around cargo: Ferry's own options taken out, cargo's left as they are.</summary>
internal sealed record CargoLine
{
    public required string Verb { get; init; }

    /// <summary>What <c>--on</c> named; none when it was not given.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    public string? Device => Devices is [var only] ? only : null;

    /// <summary>All that was typed before <c>--</c>, <c>--on</c> and its names left out: what another Ferry would be given.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    public IReadOnlyList<string> Environment { get; init; } = [];

    public string? Folder { get; init; }

    public string? Timeout { get; init; }

    /// <summary><c>--no-trace</c>: what kills the program is not watched.</summary>
    public bool Untraced { get; init; }

    /// <summary><c>--no-lock</c>: measure though other programs run on the device.</summary>
    public bool Beside { get; init; }

    public string? Glibc { get; init; }

    public bool Static { get; init; }

    /// <summary><c>--tune</c>: build for the device's very processor.</summary>
    public bool Tune { get; init; }

    public bool Yes { get; init; }

    public bool DryRun { get; init; }

    public IReadOnlyList<string> CargoArguments { get; init; } = [];

    public IReadOnlyList<byte[]> ProgramArguments { get; init; } = [];

    /// <summary>rustup's way to choose a toolchain: <c>ferry run +nightly</c>.</summary>
    public string? Toolchain => CargoArguments.FirstOrDefault(a => a.StartsWith('+'));

    /// <summary>The values that cargo's option was given, in either form: <c>-p x</c>, <c>--package=x</c>.</summary>
    public IEnumerable<string> Values(params string[] names)
    {
        for (var i = 0; i < CargoArguments.Count; i++)
        {
            var word = CargoArguments[i];
            if (names.Contains(word) && i + 1 < CargoArguments.Count)
            {
                yield return CargoArguments[++i];
            }
            else if (names.FirstOrDefault(n => n.StartsWith("--", StringComparison.Ordinal) && word.StartsWith(n + "=", StringComparison.Ordinal)) is { } name)
            {
                yield return word[(name.Length + 1)..];
            }
        }
    }
}
