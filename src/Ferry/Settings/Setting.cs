namespace Ferry.Settings;

/// <summary>A value and where it came from, so that every choice can be explained.</summary>
internal readonly record struct Setting<T>(T Value, string Origin);
