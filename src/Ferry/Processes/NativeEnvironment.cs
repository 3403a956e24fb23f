using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ferry.Processes;

/// <summary>
/// Changes of the environment for a program that takes Ferry's place (<see cref="Exec"/>) or is started by it. .NET keeps a copy of its own,
/// which drops what is not UTF-8 and never reaches libc's: so both are changed, and libc's stays otherwise as it came.
/// </summary>
internal static unsafe class NativeEnvironment
{
    /// <summary>libc's environ. macOS keeps it from shared libraries and has a function instead.</summary>
    [UnsupportedOSPlatform("windows")]
    public static byte** Pointers => *(OperatingSystem.IsMacOS()
        ? ((delegate* unmanaged<byte***>)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "_NSGetEnviron"))()
        : (byte***)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "environ"));

    public static void Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (!OperatingSystem.IsWindows())
        {
            using var strings = NativeStrings.Of(name, value);
            _ = Libc.Setenv(strings.Pointers[0], strings.Pointers[1], 1);
        }
    }

    public static void Unset(string name)
    {
        Environment.SetEnvironmentVariable(name, null);
        if (!OperatingSystem.IsWindows())
        {
            using var strings = NativeStrings.Of(name);
            _ = Libc.Unsetenv(strings.First);
        }
    }

    /// <summary>All variables as libc has them, <c>NAME=value</c> each, byte for byte.</summary>
    public static IReadOnlyList<byte[]> All()
    {
        var all = new List<byte[]>();
        if (OperatingSystem.IsWindows())
        {
            all.AddRange(Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(pair => RawArguments.Bytes($"{pair.Key}={pair.Value}")));
            return all;
        }

        for (var variable = Pointers; variable is not null && *variable is not null; variable++)
        {
            all.Add(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(*variable).ToArray());
        }

        return all;
    }

    /// <summary>All variables, with <paramref name="changes"/>: a value of null removes one.</summary>
    public static IReadOnlyList<byte[]> With(IReadOnlyDictionary<string, string?> changes) =>
    [
        .. All().Where(variable => !changes.ContainsKey(RawArguments.Text(NameOf(variable)))),
        .. changes.Where(change => change.Value is not null).Select(change => RawArguments.Bytes($"{change.Key}={change.Value}")),
    ];

    /// <summary>Makes <paramref name="variables"/> (<c>NAME=value</c>) the whole environment of the program that takes our place.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void Become(IEnumerable<byte[]> variables)
    {
        foreach (var name in All().Select(NameOf))
        {
            using var strings = new NativeStrings([name]);
            _ = Libc.Unsetenv(strings.First);
        }

        foreach (var variable in variables)
        {
            var name = NameOf(variable);
            using var strings = new NativeStrings([name, variable.AsSpan(Math.Min(name.Length + 1, variable.Length)).ToArray()]);
            _ = Libc.Setenv(strings.Pointers[0], strings.Pointers[1], 1);
        }
    }

    private static byte[] NameOf(byte[] variable) => variable.AsSpan().IndexOf((byte)'=') is var end and >= 0 ? variable[..end] : variable;
}
