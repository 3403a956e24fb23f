using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ferry.Editors;

/// <summary>A JSON value as text that people read: indented, and with signs such as $ and &lt; as they are.</summary>
internal static class JsonEntry
{
    /// <summary>Blanks a step.</summary>
    public const int Step = 4;

    public static string Text(JsonNode value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, IndentSize = Step, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
