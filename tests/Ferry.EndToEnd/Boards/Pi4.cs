namespace Ferry.EndToEnd.Boards;

/// <summary>Like a Raspberry Pi 4 with a 64-bit system.</summary>
public sealed class Pi4() : BoardSession("pi4", "aarch64-unknown-linux-gnu", "64-bit userland (arm64, glibc 2.36), Cortex-A72");
