namespace Ferry.EndToEnd.Boards;

/// <summary>Like a Pi Zero with Debian: an ARM1176 with VFPv2 under a soft-float system (armel), on QEMU's raspi0.</summary>
public sealed class Zero() : BoardSession("zero", "arm-unknown-linux-musleabihf");
