namespace Ferry.Elf.Cores;

/// <summary>A thread that a signal has killed, or another one of its process.</summary>
/// <param name="Id">The kernel's number for it.</param>
/// <param name="Name">Its name, empty when it is not known.</param>
/// <param name="Signal">The signal that it was at.</param>
/// <param name="Info">What came along with that; null when it is not known.</param>
/// <param name="Registers">Its registers; null for a machine that is not known here.</param>
public sealed record CrashedThread(int Id, string Name, int Signal, SignalInfo? Info, RegisterSet? Registers);
