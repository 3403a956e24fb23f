namespace Ferry.Remote.Emulator;

/// <summary>
/// The command line that runs a program in the emulator. The program's environment is that of QEMU's own process, which hands all of it on:
/// QEMU's -E would cut values at each comma.
/// </summary>
internal static class EmulatorCommand
{
    /// <summary>QEMU's file first, then its arguments. <paramref name="argv0"/> is what the program sees as its own name; its path is made absolute.</summary>
    public static IReadOnlyList<string> For(EmulatorDevice device, string program, string argv0, IEnumerable<string> arguments) =>
    [
        device.Qemu,
        .. device.Sysroot is { } sysroot ? ["-L", sysroot.Folder] : Array.Empty<string>(),
        "-cpu", device.Cpu.Name,
        "-0", argv0,
        Path.GetFullPath(program),
        .. arguments,
    ];
}
