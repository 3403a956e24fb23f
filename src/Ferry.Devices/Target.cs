namespace Ferry.Devices;

/// <summary>A Rust target that Ferry knows: what its programs need of a device.</summary>
/// <param name="Triple">Its name, as rustc takes it.</param>
/// <param name="Machine">Of <see cref="MachineNames"/>.</param>
/// <param name="Bits">The width of its programs, 32 or 64.</param>
/// <param name="Libc">Glibc: linked against the device's own. Musl: static, needs nothing of the device.</param>
/// <param name="For">What it is for, as a sentence without a full stop.</param>
public sealed record Target(string Triple, string Machine, int Bits, LibcKind Libc, string For)
{
    /// <summary>On 32-bit ARM the oldest architecture that runs it, else null.</summary>
    public int? ArmVersion { get; init; }

    /// <summary>
    /// On 32-bit ARM whether it uses a floating-point unit and passes floating-point numbers in its registers: VFPv2 for ARMv6, VFPv3-D16 for ARMv7
    /// (rustc's target specifications); else null.
    /// </summary>
    public bool? HardFloat { get; init; }

    /// <summary>Whether its programs are big-endian.</summary>
    public bool BigEndian { get; init; }

    /// <summary>What its code takes for granted besides, in the words of <see cref="HwcapNames"/> and /proc/cpuinfo.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>Whether Rust has a ready-made standard library for it (tiers 1 and 2 of rustc's platform support).</summary>
    public bool HasStd { get; init; } = true;

    /// <summary>Whether it is taken only where somebody names it: every device that runs it has another target that needs less.</summary>
    public bool OnRequest { get; init; }

    /// <summary>Whether its programs bring everything and need nothing of the device: rustc links musl statically unless it is told otherwise.</summary>
    public bool IsStatic => Libc == LibcKind.Musl;
}
