using System.Security.Cryptography;
using System.Text;
using Ferry.Elf;

namespace Ferry.Toolchain;

/// <summary>This PC as a sysroot: build scripts and proc macros are linked against its own libraries where no <c>cc</c> is there to do it.</summary>
internal static class HostSysroot
{
    /// <summary>By architecture: Debian's folders, then everybody's. What is not there is left out.</summary>
    private static readonly (string Target, string[] Folders)[] Table =
    [
        ("x86_64-unknown-linux-gnu", ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"]),
        ("aarch64-unknown-linux-gnu", ["/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"]),
    ];

    /// <summary>The facts of this PC, or null where Ferry cannot link for it: not Linux with glibc, or another architecture.</summary>
    public static SysrootFacts? Find(string host)
    {
        var folders = Table.FirstOrDefault(row => row.Target == host).Folders;
        if (folders is null || !OperatingSystem.IsLinux() || InterpreterOf("/bin/sh") is not { } interpreter)
        {
            return null;
        }

        var present = folders.Where(Directory.Exists).ToArray();
        var libc = present.Select(folder => Path.Combine(folder, "libc.so.6")).FirstOrDefault(File.Exists);
        return libc is null ? null : new(Id(libc, interpreter), "/", interpreter, present);
    }

    private static string? InterpreterOf(string program)
    {
        try
        {
            return ElfFile.Read(File.ReadAllBytes(program)).Interpreter;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ElfFormatException)
        {
            return null;
        }
    }

    // An update of libc is another set of libraries.
    private static string Id(string libc, string interpreter)
    {
        var file = new FileInfo(File.ResolveLinkTarget(libc, returnFinalTarget: true)?.FullName ?? libc);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{interpreter} {file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}")));
    }
}
