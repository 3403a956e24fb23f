using System.Text.Json.Serialization;

namespace Ferry.Remote.Sysroots;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SysrootDescription))]
internal sealed partial class SysrootJson : JsonSerializerContext;
