using System.Text.Json.Serialization;

namespace Ferry.Remote.Packing;

[JsonSerializable(typeof(PackedProgram))]
internal sealed partial class PackJson : JsonSerializerContext;
