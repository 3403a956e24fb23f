using System.Text.Json.Serialization;

namespace Ferry.Commands.Inspecting;

/// <summary>Reports as JSON: camelCase, indented, unknown facts left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FileReport))]
internal sealed partial class FileReportJson : JsonSerializerContext;
