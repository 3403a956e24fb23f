namespace Ferry.Editors;

/// <summary>Where something is added to a JSON text; positions are those of bytes.</summary>
/// <param name="Close">The bracket that closes the list; of the whole object, where there is no list.</param>
/// <param name="Last">Behind the last thing before it; null where there is none.</param>
/// <param name="Names">What the list's entries are called; null where there is no list.</param>
internal sealed record JsonPlaces(int Close, int? Last, IReadOnlyList<string>? Names);
