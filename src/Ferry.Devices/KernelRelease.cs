namespace Ferry.Devices;

/// <summary>"6.1.0-rpi7-rpi-v8" as a number.</summary>
internal static class KernelRelease
{
    public static Version? Version(string? release)
    {
        var numbers = new string([.. (release ?? "").TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')]).TrimEnd('.');
        return System.Version.TryParse(numbers, out var version) ? version : null;
    }
}
