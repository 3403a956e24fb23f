namespace Ferry.Commands.Inspecting;

/// <summary>A program header. Numbers are in bytes, addresses as 0x….</summary>
/// <param name="Type">LOAD, DYNAMIC …, or the number as 0x….</param>
/// <param name="Flags">Of r, w and x.</param>
/// <param name="Address">Where it is loaded.</param>
/// <param name="Offset">Where it lies in the file.</param>
/// <param name="FileSize">How much of it is in the file.</param>
/// <param name="MemorySize">How much of it is in memory.</param>
/// <param name="Alignment">p_align.</param>
internal sealed record SegmentReport(string Type, string Flags, string Address, ulong Offset, ulong FileSize, ulong MemorySize, ulong Alignment);
