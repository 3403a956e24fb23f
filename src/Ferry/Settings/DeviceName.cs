using System.Text.RegularExpressions;

namespace Ferry.Settings;

/// <summary>The names that a device can be given: they become file names, and must not look like an address or an option.</summary>
internal static partial class DeviceName
{
    public static string Checked(string name)
    {
        if (name is "emulator")
        {
            throw new FerryException("the name 'emulator' is taken by the built-in device", help: "choose another: ferry device add my-emulator …", exit: ExitCode.WrongUsage);
        }

        return Pattern().IsMatch(name) ? name
            : throw new FerryException($"'{name}' cannot be a device's name", "a name has letters, digits, '-' and '_', and begins with a letter or a digit", "for example: ferry device add pi4 pi@192.168.1.40", ExitCode.WrongUsage);
    }

    /// <summary>A name for a device that was only given by its address: <c>pi@raspberrypi.local:22</c> is kept as raspberrypi-local.</summary>
    public static string FromAddress(string address)
    {
        var host = address[(address.LastIndexOf('@') + 1)..];
        var name = NotInNames().Replace(host, "-").Trim('-');
        return name.Length == 0 ? "device" : name;
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();

    [GeneratedRegex("[^A-Za-z0-9_-]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotInNames();
}
