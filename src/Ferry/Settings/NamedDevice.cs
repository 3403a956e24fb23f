namespace Ferry.Settings;

/// <summary>
/// The name of the device that is meant: <c>--on</c>, the environment, Cargo.toml, the user's default, the only one there is, the
/// emulator; in this order.
/// </summary>
internal static class NamedDevice
{
    /// <summary>The origin of a name that was typed.</summary>
    public const string Typed = "--on";

    /// <summary>The origin of the emulator when nobody chose it.</summary>
    public const string NoneAdded = "no device was added yet";

    public static Setting<string> Find(string? typed, ProjectSettings project)
    {
        // One after the other: the user's settings are read only when they matter.
        return Given(typed, Typed)
            ?? Given(Environment.GetEnvironmentVariable("FERRY_DEVICE"), "FERRY_DEVICE")
            ?? Given(project.Device?.Value, project.Device?.Origin + " of Cargo.toml")
            ?? Given(UserSettings.Load().DefaultDevice, "your default device")
            ?? Otherwise();
    }

    private static Setting<string>? Given(string? value, string origin) => string.IsNullOrEmpty(value) ? null : new(value, origin);

    private static Setting<string> Otherwise() =>
        DeviceBook.Names() switch
        {
            [] => new("emulator", NoneAdded),
            [var only] => new(only, "the only device"),
            var several => throw new FerryException(
                "no device is named, and none is the default", $"there are: {string.Join(", ", several)}", $"name one: --on {several[0]}, or make it the default: ferry device add {several[0]} … --default"),
        };
}
