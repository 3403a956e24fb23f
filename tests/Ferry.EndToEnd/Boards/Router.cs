namespace Ferry.EndToEnd.Boards;

/// <summary>Like a home router: busybox and dropbear, no loader, no scp or sftp, a read-only root and 16 MB of /tmp.</summary>
public sealed class Router() : BoardSession("router", "armv7-unknown-linux-musleabihf", "32-bit userland (armhf, unknown C library), Cortex-A7 (ARMv7); linked statically, since there is no loader for shared programs");
