namespace Ferry.Linking;

/// <summary>A linker line that cannot be carried out as it stands. The message names what stands in the way.</summary>
/// <param name="argument">The word of the line that it is about.</param>
/// <param name="message">Lower case, no full stop.</param>
/// <param name="help">Where such a word comes from or what to do, or null.</param>
public sealed class LinkerLineException(string argument, string message, string? help = null) : Exception(message)
{
    /// <summary>The word of the line, as it stands there.</summary>
    public string Argument { get; } = argument;

    /// <summary>Where such a word comes from or what to do; null where there is nothing to add.</summary>
    public string? Help { get; } = help;
}
