namespace Ferry.Linking;

/// <summary>An option as it stands on a line: its value (empty if it has none) and its words.</summary>
internal sealed record OptionUse(string Value, IReadOnlyList<string> Words);
