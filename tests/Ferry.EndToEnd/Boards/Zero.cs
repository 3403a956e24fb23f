namespace Ferry.EndToEnd.Boards;

/// <summary>Like a Pi Zero with Debian: an ARM1176 with VFPv2 under a soft-float system (armel), on QEMU's raspi0.</summary>
public sealed class Zero() : BoardSession("zero", "arm-unknown-linux-musleabihf", "32-bit userland (armel, glibc 2.36), ARM1176JZF-S (ARMv6); linked statically, since it has a floating-point unit (VFPv2) and its own libraries are soft-float ones (armel)");
