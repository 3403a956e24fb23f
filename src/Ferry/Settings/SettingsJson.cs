using System.Text.Json.Serialization;

namespace Ferry.Settings;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserSettings))]
[JsonSerializable(typeof(RunOptions))]
internal sealed partial class SettingsJson : JsonSerializerContext;
