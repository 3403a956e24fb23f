namespace Ferry.Linking;

/// <summary>One word of a linker line, unfolded.</summary>
/// <param name="Text">The word as the compiler driver or the linker would see it.</param>
/// <param name="ForLinker">Whether it came through <c>-Wl,</c> or <c>-Xlinker</c>: then it is a word of ld's language, not of gcc's.</param>
/// <param name="Origin">The word as it stands on the line, for messages.</param>
public sealed record LinkerToken(string Text, bool ForLinker, string Origin);
