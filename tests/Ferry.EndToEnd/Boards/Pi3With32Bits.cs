namespace Ferry.EndToEnd.Boards;

/// <summary>Like a Raspberry Pi 3 or 4 with the 32-bit system: its kernel has 64 bits, its programs have 32.</summary>
public sealed class Pi3With32Bits() : BoardSession("pi3-32", "armv7-unknown-linux-gnueabihf", "32-bit userland (armhf, glibc 2.36) under a 64-bit kernel, Cortex-A53 (ARMv8)");
