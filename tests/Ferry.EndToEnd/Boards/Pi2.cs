namespace Ferry.EndToEnd.Boards;

/// <summary>Like a Raspberry Pi 2 with a 32-bit system.</summary>
public sealed class Pi2() : BoardSession("pi2", "armv7-unknown-linux-gnueabihf", "32-bit userland (armhf, glibc 2.36), Cortex-A7 (ARMv7)");
