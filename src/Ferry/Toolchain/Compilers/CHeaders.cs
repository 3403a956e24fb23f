namespace Ferry.Toolchain.Compilers;

/// <summary>Where the C library's headers for a target are, and so those of the libraries beside it.</summary>
/// <param name="Folders">Searched in this order.</param>
/// <param name="Cxx">Those of C++, which come before them.</param>
/// <param name="Origin">Whose they are, for the user.</param>
internal sealed record CHeaders(IReadOnlyList<string> Folders, IReadOnlyList<string> Cxx, string Origin)
{
    private const string First = "stdio.h";

    /// <summary>
    /// The device's own headers where its sysroot has them, else those of this PC's packages for cross compiling; null where neither are,
    /// which leaves a compiler that brings its own.
    /// </summary>
    /// <param name="target">What is compiled for.</param>
    /// <param name="sysroot">The folder that stands for the device's root; empty for none.</param>
    /// <param name="pc">This PC's root, where it is not <c>/</c> (tests).</param>
    public static CHeaders? Find(CTarget target, string sysroot, string pc = "/") =>
        target.IsMusl ? OfMusl(target, sysroot, pc) : OfDevice(target, sysroot) ?? OfCrossPackage(target, pc);

    private static CHeaders? OfDevice(CTarget target, string sysroot) =>
        sysroot.Length > 0 && File.Exists(Path.Combine(sysroot, "usr/include", First))
            ? new(
                Existing(sysroot, "usr/local/include", $"usr/include/{target.Folder}", "usr/include"),
                Existing(sysroot, [.. CxxVersions(sysroot, "usr/include/c++").SelectMany(version => (string[])[$"usr/include/c++/{version}", $"usr/include/{target.Folder}/c++/{version}", $"usr/include/c++/{version}/{target.Folder}"])]),
                "the device's")
            : null;

    /// <summary>Debian's libc6-dev-ARCH-cross, Arch's aarch64-linux-gnu-glibc; Fedora's sysroot packages.</summary>
    private static CHeaders? OfCrossPackage(CTarget target, string pc)
    {
        var folder = ((string[])[$"usr/{target.Folder}/include", $"usr/{target.Folder}/sys-root/usr/include"]).FirstOrDefault(folder => File.Exists(Path.Combine(pc, folder, First)));
        return folder is null ? null : new(
            [Path.Combine(pc, folder)],
            Existing(pc, [.. CxxVersions(pc, folder + "/c++").SelectMany(version => (string[])[$"{folder}/c++/{version}", $"{folder}/c++/{version}/{target.Folder}"])]),
            "this PC's for cross compiling");
    }

    // Never glibc's headers for a musl target: their structures and macros are other ones. Debian's folder for ARMv7 and ARMv6 is the same.
    private static CHeaders? OfMusl(CTarget target, string sysroot, string pc)
    {
        string[] folders = [.. sysroot.Length > 0 ? [Path.Combine(sysroot, $"usr/include/{target.Folder}")] : (string[])[], .. ((string[])[$"usr/include/{target.Folder}", $"usr/{target.Folder}/include", $"opt/{target.Folder}/include"]).Select(folder => Path.Combine(pc, folder))];
        var found = Array.FindIndex(folders, folder => File.Exists(Path.Combine(folder, First)));
        return found < 0 ? null : new([folders[found]], [], found == 0 && sysroot.Length > 0 ? "musl's in the device's sysroot" : "musl's on this PC");
    }

    private static string[] Existing(string root, params string[] folders) =>
        [.. folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists)];

    /// <summary>The newest version alone.</summary>
    private static IEnumerable<string> CxxVersions(string root, string folder) =>
        Directory.Exists(Path.Combine(root, folder))
            ? Directory.EnumerateDirectories(Path.Combine(root, folder)).Select(path => Path.GetFileName(path)!).Where(name => Version.TryParse(name + ".0", out _) || Version.TryParse(name, out _))
                .OrderByDescending(name => int.TryParse(name.Split('.')[0], out var major) ? major : 0).Take(1)
            : [];
}
