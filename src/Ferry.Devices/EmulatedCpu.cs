namespace Ferry.Devices;

/// <summary>A processor that the emulator device can be.</summary>
/// <param name="Name">As in "emulator:NAME", and as QEMU's -cpu takes it.</param>
/// <param name="Title">For people.</param>
/// <param name="Machine">Of <see cref="MachineNames"/>.</param>
/// <param name="Platform">AT_PLATFORM of such a processor.</param>
/// <param name="Features">What tells its floating-point unit, in the words of /proc/cpuinfo.</param>
/// <param name="Qemu">The emulator's program.</param>
/// <param name="Libraries">Where Debian's cross packages put its libraries; null when their code is too new for it, so that only static programs run.</param>
/// <param name="Packages">Those packages of Debian and Ubuntu.</param>
public sealed record EmulatedCpu(
    string Name, string Title, string Machine, string Platform, IReadOnlyList<string> Features, string Qemu, string? Libraries, IReadOnlyList<string> Packages);
