namespace Ferry.Linking;

/// <summary>A part of the output that comes from one section of one object.</summary>
/// <param name="Address">Where it lies in the running program.</param>
/// <param name="Size">In bytes.</param>
/// <param name="From">The object.</param>
/// <param name="Section">The section's name in it.</param>
public sealed record LinkMapEntry(ulong Address, ulong Size, LinkedObject From, string Section);
