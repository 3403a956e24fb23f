namespace Ferry.Commands.Inspecting;

/// <summary>A member of an archive.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Is">What it is for: "64-bit ARM", "32-bit ARM (ARMv7, hard float)"; null when it is no ELF file.</param>
internal sealed record MemberReport(string Name, long Size, string? Is);
