namespace Ferry.Devices;

/// <summary>A design of a core.</summary>
/// <param name="Name">As its maker calls it: "Cortex-A53".</param>
/// <param name="ArmVersion">The version of the Arm architecture that it has: 5, 6, 7, 8 (9 counts as 8: programs see it as such).</param>
/// <param name="TargetCpu">As LLVM calls it, for <c>-C target-cpu</c>; null where LLVM knows none.</param>
public sealed record CpuModel(string Name, int ArmVersion, string? TargetCpu);
