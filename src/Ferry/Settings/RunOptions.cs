using System.Text;
using System.Text.Json;

namespace Ferry.Settings;

/// <summary>
/// What <c>ferry run</c> tells the runner, which cargo starts later: in one variable of cargo's environment, since that reaches it
/// unharmed and shows neither in argv nor in a file. Read and written by hand: the serializer takes longer to start than the rest of the runner.
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

    public string ToText()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("device", Device);
            json.WriteString("folder", Folder);
            json.WriteBoolean("verbose", Verbose);
            json.WriteBoolean("quiet", Quiet);
            json.WriteStartObject("environment");
            foreach (var (name, value) in Environment)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static RunOptions? FromEnvironment()
    {
        var text = System.Environment.GetEnvironmentVariable(Variable);
        try
        {
            return string.IsNullOrEmpty(text) ? null : Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FerryException($"cannot understand the variable {Variable}", e.Message, $"unset it: ferry run sets {Variable} itself");
        }
    }

    private static RunOptions Parse(byte[] text)
    {
        var json = new Utf8JsonReader(text);
        var variables = new Dictionary<string, string>();
        var (device, folder, name) = ((string?)null, (string?)null, "");
        var (verbose, quiet) = (false, false);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                name = json.GetString()!;
            }
            else if (json.TokenType == JsonTokenType.String && json.CurrentDepth > 1)
            {
                variables[name] = json.GetString()!;
            }
            else if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
            {
                switch (name)
                {
                    case "device": device = json.GetString(); break;
                    case "folder": folder = json.GetString(); break;
                    case "verbose": verbose = json.GetBoolean(); break;
                    case "quiet": quiet = json.GetBoolean(); break;
                    default: throw new JsonException($"it has an unknown '{name}'");
                }
            }
        }

        return new() { Device = device ?? throw new JsonException("it names no device"), Environment = variables, Folder = folder, Verbose = verbose, Quiet = quiet };
    }
}
