namespace Ferry.Elf;

/// <summary>One build attribute of a file for 32-bit ARM.</summary>
/// <param name="Tag">Its number.</param>
/// <param name="Number">Its value, of those that have one.</param>
/// <param name="Text">Its text, of those that have one; Tag_compatibility has both.</param>
public sealed record ArmAttribute(uint Tag, ulong? Number, string? Text);
