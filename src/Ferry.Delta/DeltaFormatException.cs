namespace Ferry.Delta;

/// <summary>The bytes are no patch, a damaged one, or one for another old file.</summary>
public sealed class DeltaFormatException(string message) : Exception(message);
