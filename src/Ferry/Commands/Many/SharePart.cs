namespace Ferry.Commands.Many;

/// <summary>A test program, or some of its tests, for whichever device is free.</summary>
/// <param name="Program">The program.</param>
/// <param name="Words">What it is called with.</param>
/// <param name="Label">For people.</param>
/// <param name="Expected">How long it took the last time; null when nobody knows.</param>
internal sealed record SharePart(TestProgram Program, IReadOnlyList<byte[]> Words, string Label, TimeSpan? Expected);
