namespace Ferry.Processes;

/// <summary>
/// Changes of the environment for a program that takes Ferry's place (<see cref="Exec"/>) or is started by it. .NET keeps a copy of its own,
/// which drops what is not UTF-8 and never reaches libc's: so both are changed, and libc's stays otherwise as it came.
/// </summary>
internal static unsafe class NativeEnvironment
{
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
}
