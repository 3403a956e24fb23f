using System.Text.Json.Serialization;

namespace Ferry.Remote.Sysroots;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SysrootDescription))]
[JsonSerializable(typeof(SysrootExport))]
internal sealed partial class SysrootJson : JsonSerializerContext;
