using System.Text.Json.Serialization;

namespace Ferry.Toolchain;

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(LinkSettings))]
internal sealed partial class LinkSettingsJson : JsonSerializerContext;
