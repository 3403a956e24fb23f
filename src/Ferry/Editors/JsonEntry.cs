using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ferry.Editors;

/// <summary>A JSON value as people write it: on one line what is short, and signs such as $ and &lt; as they are.</summary>
internal static class JsonEntry
{
    /// <summary>Blanks a step.</summary>
    public const int Step = 4;

    private const int Short = 90;

    /// <summary>The value, an object on several lines.</summary>
    public static string Text(JsonNode value) => value is JsonObject ? Long(value, "") : Any(value, "");

    private static string Any(JsonNode? value, string indentation) => OneLine(value) is var line && line.Length <= Short ? line : Long(value, indentation);

    private static string Long(JsonNode? value, string indentation)
    {
        var deeper = indentation + new string(' ', Step);
        string Lines(IEnumerable<string> entries) => "\n" + string.Join(",\n", entries.Select(entry => deeper + entry)) + "\n" + indentation;
        return value switch
        {
            JsonObject entries => "{" + Lines(entries.Select(entry => $"{Plain(entry.Key)}: {Any(entry.Value, deeper)}")) + "}",
            JsonArray entries => "[" + Lines(entries.Select(entry => Any(entry, deeper))) + "]",
            _ => Plain(value),
        };
    }

    private static string OneLine(JsonNode? value) => value switch
    {
        JsonObject entries => "{ " + string.Join(", ", entries.Select(entry => $"{Plain(entry.Key)}: {OneLine(entry.Value)}")) + " }",
        JsonArray entries => "[" + string.Join(", ", entries.Select(OneLine)) + "]",
        _ => Plain(value),
    };

    private static string Plain(JsonNode? value)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
