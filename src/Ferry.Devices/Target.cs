namespace Ferry.Devices;

/// <summary>A Rust target that Ferry builds for.</summary>
/// <param name="Triple">Its name, as rustc takes it.</param>
/// <param name="Machine">Of <see cref="MachineNames"/>.</param>
/// <param name="Libc">Glibc: linked against the device's own. Musl: static, needs nothing of the device.</param>
/// <param name="ArmVersion">On 32-bit ARM the oldest architecture that runs it, else null.</param>
/// <param name="HardFloat">
/// On 32-bit ARM whether it uses a floating-point unit and passes floating-point numbers in its registers: VFPv2 for ARMv6, VFPv3-D16 for ARMv7
/// (rustc's target specifications); else null.
/// </param>
public sealed record Target(string Triple, string Machine, LibcKind Libc, int? ArmVersion = null, bool? HardFloat = null)
{
    /// <summary>Whether its programs bring everything and need nothing of the device: rustc links musl statically unless it is told otherwise.</summary>
    public bool IsStatic => Libc == LibcKind.Musl;
}
