using Ferry.Toolchain;

namespace Ferry.EndToEnd.Linking;

/// <summary>A target with the device's libraries that stand for a device, and what runs its programs on this PC.</summary>
public sealed record Platform(string Target, string Machine, string Interpreter, string Folder, string[] LibraryFolders, string[] Runner)
{
    private static readonly string[] OnThisPc = [];

    /// <summary>ARMv6 glibc is not to be had here: Debian's armhf is ARMv7, so those programs run on an emulated ARMv7.</summary>
    private static readonly Platform[] Table =
    [
        new("aarch64-unknown-linux-gnu", "AArch64", "/lib/ld-linux-aarch64.so.1", "/usr/aarch64-linux-gnu", ["/lib"], ["/usr/bin/qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"]),
        new("armv7-unknown-linux-gnueabihf", "ARM", "/lib/ld-linux-armhf.so.3", "/usr/arm-linux-gnueabihf", ["/lib"], ["/usr/bin/qemu-arm", "-cpu", "cortex-a7", "-L", "/usr/arm-linux-gnueabihf"]),
        new("arm-unknown-linux-gnueabihf", "ARM", "/lib/ld-linux-armhf.so.3", "/usr/arm-linux-gnueabihf", ["/lib"], ["/usr/bin/qemu-arm", "-cpu", "cortex-a7", "-L", "/usr/arm-linux-gnueabihf"]),
        new("x86_64-unknown-linux-gnu", "X86-64", "/lib64/ld-linux-x86-64.so.2", "/", ["/lib/x86_64-linux-gnu", "/lib64"], OnThisPc),
    ];

    public static TheoryData<string> Targets => [.. Table.Select(row => row.Target)];

    internal SysrootFacts Sysroot => new(Target + " of the tests", Folder, Interpreter, LibraryFolders);

    /// <summary>What runs a target's programs on this PC; nothing for one that is only linked here.</summary>
    public static string[] RunnerOf(string target) => Table.FirstOrDefault(row => row.Target == target)?.Runner ?? [];

    public static Platform Of(string target) => Table.Single(row => row.Target == target);
}
