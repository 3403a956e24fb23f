namespace Ferry.Linking;

/// <summary>Who wants a symbol.</summary>
/// <param name="From">The object or library.</param>
/// <param name="Function">The function in it, or null.</param>
public sealed record SymbolReference(LinkedObject From, string? Function);
