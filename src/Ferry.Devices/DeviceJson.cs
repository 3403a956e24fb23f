using System.Text.Json.Serialization;

namespace Ferry.Devices;

/// <summary>Devices, profiles and findings as JSON: camelCase, indented, unknown facts left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(DeviceRecord))]
[JsonSerializable(typeof(DeviceProfile))]
[JsonSerializable(typeof(IReadOnlyList<DeviceRecord>))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(TargetTable))]
[JsonSerializable(typeof(TargetAdvice))]
public sealed partial class DeviceJson : JsonSerializerContext;
