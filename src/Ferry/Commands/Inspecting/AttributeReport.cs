namespace Ferry.Commands.Inspecting;

/// <summary>An ARM build attribute.</summary>
/// <param name="Tag">Its number.</param>
/// <param name="Name">Its name, without Tag_.</param>
/// <param name="Value">In words.</param>
internal sealed record AttributeReport(uint Tag, string Name, string Value);
