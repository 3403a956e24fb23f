using Ferry.Devices;
using Ferry.Settings;

namespace Ferry.Commands;

/// <summary>Looks a device up by its name; a name that nobody gave is an error with what was probably meant.</summary>
internal static class KnownDevice
{
    public static DeviceRecord Find(string name) => DeviceBook.Find(name) ?? throw Unknown(name);

    /// <param name="name">The name that is none.</param>
    /// <param name="origin">Where it stood, when it was not typed for this command.</param>
    public static FerryException Unknown(string name, string? origin = null)
    {
        var names = DeviceBook.Names();
        var help = Spelling.Nearest(name, [.. names, "emulator"]) is { } near ? $"did you mean '{near}'?"
            : names.Count > 0 ? $"known devices: {string.Join(", ", names)}, emulator"
            : $"add it: ferry device add {name} [USER@]HOST";
        return new FerryException($"there is no device '{name}'", origin is null ? null : $"it is named by {origin}", help, ExitCode.WrongUsage);
    }
}
