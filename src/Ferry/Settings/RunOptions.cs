using System.Text.Json;

namespace Ferry.Settings;

/// <summary>
/// What <c>ferry run</c> tells the runner, which cargo starts later: in one variable of cargo's environment, since that reaches it
/// unharmed and shows neither in argv nor in a file.
/// </summary>
internal sealed record RunOptions
{
    public const string Variable = "FERRY_RUN";

    /// <summary>The device's name, or emulator[:CPU].</summary>
    public required string Device { get; init; }

    /// <summary>What <c>--env</c> and Cargo.toml's metadata set for the program.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The program's working folder on the device; null for the home folder.</summary>
    public string? Folder { get; init; }

    public bool Verbose { get; init; }

    public bool Quiet { get; init; }

    public string ToText() => JsonSerializer.Serialize(this, SettingsJson.Default.RunOptions);

    public static RunOptions? FromEnvironment()
    {
        var text = System.Environment.GetEnvironmentVariable(Variable);
        try
        {
            return string.IsNullOrEmpty(text) ? null : JsonSerializer.Deserialize(text, SettingsJson.Default.RunOptions);
        }
        catch (JsonException e)
        {
            throw new FerryException($"cannot understand the variable {Variable}", e.Message, $"unset it: ferry run sets {Variable} itself");
        }
    }
}
