using Ferry.Elf;
using Ferry.Settings;

namespace Ferry.Toolchain;

/// <summary>This PC as a sysroot: build scripts and proc macros are linked against its own libraries where no <c>cc</c> is there to do it.</summary>
internal static class HostSysroot
{
    private static readonly string[] Hosts = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"];

    /// <summary>The facts of this PC, or null where Ferry cannot link for it: not Linux with glibc, or another architecture.</summary>
    public static SysrootFacts? Find(string host)
    {
        if (!Hosts.Contains(host) || !OperatingSystem.IsLinux() || InterpreterOf("/bin/sh") is not { } interpreter)
        {
            return null;
        }

        var folders = FoldersFor(host.Split('-')[0]).Where(Directory.Exists).ToArray();
        var libc = folders.Select(folder => Path.Combine(folder, "libc.so.6")).FirstOrDefault(File.Exists);
        return libc is null ? null : new(Id(libc, interpreter), "/", interpreter, folders);
    }

    /// <summary>Debian's folders, then everybody's.</summary>
    private static string[] FoldersFor(string architecture) =>
        [$"/lib/{architecture}-linux-gnu", $"/usr/lib/{architecture}-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"];

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
        return NameHash.Of($"{interpreter} {file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}");
    }
}
