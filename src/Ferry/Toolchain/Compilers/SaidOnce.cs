using System.Globalization;
using Ferry.Processes;
using Ferry.Settings;

namespace Ferry.Toolchain.Compilers;

/// <summary>A build script compiles many files, and each fails for the same reason: it is told once to each process that calls.</summary>
internal static class SaidOnce
{
    public static bool IsNew(string folder, string message)
    {
        if (OperatingSystem.IsWindows())
        {
            return true;
        }

        var file = Path.Combine(folder, "said.txt");
        var now = string.Create(CultureInfo.InvariantCulture, $"{Libc.GetParent()} {NameHash.Of(message)}");
        try
        {
            if (File.Exists(file) && File.ReadAllText(file) == now)
            {
                return false;
            }

            File.WriteAllText(file, now);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Said twice is better than not at all.
        }

        return true;
    }
}
