namespace Ferry.Settings;

/// <summary>
/// The name of the device that is meant: <c>--on</c>, the environment, Cargo.toml, the user's default, the only one there is, the
/// emulator; in this order.
/// </summary>
internal static class NamedDevice
{
    public static Setting<string> Find(string? typed, ProjectSettings project)
    {
        // One after the other: the user's settings are read only when they matter.
        return Given(typed, "--on")
            ?? Given(Environment.GetEnvironmentVariable("FERRY_DEVICE"), "FERRY_DEVICE")
            ?? Given(project.Device?.Value, project.Device?.Origin + " of Cargo.toml")
            ?? Given(UserSettings.Load().DefaultDevice, "your default device")
            ?? Otherwise();
    }

    private static Setting<string>? Given(string? value, string origin) => string.IsNullOrEmpty(value) ? null : new(value, origin);

    private static Setting<string> Otherwise() =>
        DeviceBook.Names() switch
        {
            [] => new("emulator", "no device was added yet"),
            [var only] => new(only, "the only device"),
            var several => throw new FerryException(
                "no device is named, and none is the default", $"there are: {string.Join(", ", several)}", $"name one: --on {several[0]}, or make it the default: ferry device add {several[0]} … --default"),
        };
}
