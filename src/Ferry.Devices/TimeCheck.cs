namespace Ferry.Devices;

/// <summary>Whether the program and a library of the device that it calls agree on the width of times.</summary>
internal static class TimeCheck
{
    // These pass no times to those who call them, or have functions of both widths.
    private static readonly string[] RunTime = ["libc.so.", "libm.so.", "libgcc_s.so.", "libstdc++.so.", "libpthread.so.", "librt.so.", "libdl.so.", "libutil.so.", "ld-linux"];

    public static IEnumerable<Finding> Of(LibraryFacts program, DeviceFacts device)
    {
        // Where the system as a whole has times of 32 bits, single programs with 64 are as they should be: coreutils of Debian 12.
        if (program.TimeBits is not 32 || device.Profile.Libc.Time64 != true)
        {
            return [];
        }

        var others = program.Needed.Where(name => !device.Along.ContainsKey(name) && !Array.Exists(RunTime, own => name.StartsWith(own, StringComparison.Ordinal)))
            .Where(name => device.Libraries.TryGetValue(name, out var library) && library.TimeBits == 64).ToList();
        return others.Count == 0 ? [] :
        [
            FindingKinds.Time64.Of(
                $"'{program.Name}' passes times of 32 bits, and {string.Join(", ", others)} of device '{device.Name}' {(others.Count == 1 ? "passes" : "pass")} times of 64 bits",
                "by the names of the functions that they call in libc.so.6; where times cross between them, they are misread"),
        ];
    }
}
