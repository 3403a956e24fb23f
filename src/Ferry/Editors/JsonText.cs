using System.Text;
using System.Text.Json;

namespace Ferry.Editors;

/// <summary>
/// JSON with comments and trailing commas, as editors have it, to which entries are added. Everything that is there stays as it is, to the byte: the
/// framework's reader says where things are, and text is inserted.
/// </summary>
internal static class JsonText
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The list of that name in the file's object, and how its entries are called.</summary>
    /// <param name="text">The file.</param>
    /// <param name="list">The property whose value is a list of objects, such as configurations.</param>
    /// <param name="key">The property by which its entries are told apart, such as name.</param>
    /// <returns>Null where the file has no such list.</returns>
    /// <exception cref="JsonException">The file is no object, the list no list, or it is no JSON at all.</exception>
    public static IReadOnlyList<string>? Names(string text, string list, string key) => Places(Encoding.UTF8.GetBytes(text), list, key).Names;

    /// <summary>The text with these entries at the end of that list, which is made where there is none.</summary>
    /// <exception cref="JsonException">As <see cref="Names"/>.</exception>
    public static string With(string text, string list, string key, IReadOnlyList<string> entries)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var places = Places(bytes, list, key);
        var style = JsonStyle.Of(text);
        var content = places.Names is null
            ? style.Indented($"\"{list}\": [", 1) + string.Concat(entries.Select((entry, at) => (at == 0 ? "" : ",") + style.Indented(entry, 2))) + style.Indented("]", 1)
            : string.Concat(entries.Select((entry, at) => (at == 0 ? "" : ",") + style.Indented(entry, 2)));
        // Behind all that is there, comments too, but before the line of the closing bracket.
        var end = places.Close;
        while (end > 0 && bytes[end - 1] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            end--;
        }

        var isOnLineOfItsOwn = bytes.AsSpan(end, places.Close - end).Contains((byte)'\n');
        var close = isOnLineOfItsOwn ? Text(bytes, end, places.Close) : style.NewLine + style.Indentation(places.Names is null ? 0 : 1);
        var before = places.Last is { } last && !HasComma(bytes.AsSpan(last, places.Close - last)) ? Text(bytes, 0, last) + "," + Text(bytes, last, end) : Text(bytes, 0, end);
        return before + content + close + Text(bytes, places.Close, bytes.Length);
    }

    private static string Text(byte[] bytes, int from, int to) => Encoding.UTF8.GetString(bytes, from, to - from);

    private static JsonPlaces Places(byte[] bytes, string list, string key)
    {
        var reader = new Utf8JsonReader(bytes, Lenient);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("there is no object in it");
        }

        int? lastOfRoot = null;
        JsonPlaces? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(list);
            reader.Read();
            if (isIt)
            {
                found = List(ref reader, list, key);
            }
            else
            {
                reader.Skip();
            }

            lastOfRoot = (int)reader.BytesConsumed;
        }

        var close = (int)reader.TokenStartIndex;
        // To the end: what follows must be nothing.
        while (reader.Read())
        {
        }

        return found ?? new JsonPlaces(close, lastOfRoot, null);
    }

    private static JsonPlaces List(ref Utf8JsonReader reader, string list, string key)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException($"'{list}' is no list");
        }

        var names = new List<string>();
        int? last = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            names.AddRange(NameOf(ref reader, key));
            last = (int)reader.BytesConsumed;
        }

        return new((int)reader.TokenStartIndex, last, names);
    }

    /// <summary>Reads one entry to its end.</summary>
    private static IEnumerable<string> NameOf(ref Utf8JsonReader reader, string key)
    {
        string? name = null;
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = reader.ValueTextEquals(key);
                reader.Read();
                name = isIt && reader.TokenType == JsonTokenType.String ? reader.GetString() : name;
                reader.Skip();
            }
        }
        else
        {
            reader.Skip();
        }

        return name is null ? [] : [name];
    }

    /// <summary>Whether there is a comma in what follows an entry, comments left out.</summary>
    private static bool HasComma(ReadOnlySpan<byte> rest)
    {
        while (rest.Length > 0 && rest[0] != ',')
        {
            var comment = rest.StartsWith("//"u8) ? rest.IndexOf((byte)'\n') + 1 : rest.StartsWith("/*"u8) ? rest.IndexOf("*/"u8) + 2 : 1;
            rest = rest[Math.Max(comment, 1)..];
        }

        return rest.Length > 0;
    }
}
