namespace Ferry.Elf.Debug;

/// <summary>What an entry looks like: its tag, whether others stand below it, and the forms of its attributes.</summary>
internal sealed record Abbreviation(ulong Tag, bool HasChildren, AttributeForm[] Attributes);
