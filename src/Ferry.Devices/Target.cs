namespace Ferry.Devices;

/// <summary>A Rust target that Ferry builds for.</summary>
/// <param name="Triple">Its name, as rustc takes it.</param>
/// <param name="Machine">Of <see cref="MachineNames"/>.</param>
/// <param name="Libc">Glibc: linked against the device's own. Musl: static, needs nothing of the device.</param>
/// <param name="ArmVersion">On 32-bit ARM the oldest architecture that runs it, else null. 6 needs VFPv2, 7 VFPv3-D16 (rustc's target specifications).</param>
public sealed record Target(string Triple, string Machine, LibcKind Libc, int? ArmVersion = null);
