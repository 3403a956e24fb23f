using System.Text.Json.Serialization;

namespace Ferry.Toolchain;

[JsonSerializable(typeof(RustAnswer))]
internal sealed partial class RustAnswerJson : JsonSerializerContext;
