using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ferry.Editors;

namespace Ferry.Tests.Editors;

/// <summary>JSON as editors have it, with comments and trailing commas: completed, and nothing of it lost.</summary>
public sealed class JsonTextTests
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    [Theory]
    [InlineData("{\n    \"version\": \"2\"\n}\n", "{\n    \"version\": \"2\",\n    \"list\": [\n        {\n            \"name\": \"new\"\n        }\n    ]\n}\n")]
    [InlineData("{}", "{\n    \"list\": [\n        {\n            \"name\": \"new\"\n        }\n    ]\n}")]
    [InlineData("{ \"list\": [] }", "{ \"list\": [\n        {\n            \"name\": \"new\"\n        }\n    ] }")]
    [InlineData("{\n  \"list\": [\n    { \"name\": \"a\" }\n  ]\n}", "{\n  \"list\": [\n    { \"name\": \"a\" },\n    {\n      \"name\": \"new\"\n    }\n  ]\n}")]
    [InlineData("{\n\t\"list\": [\n\t\t{ \"name\": \"a\" }, // last, [\n\t]\n}", "{\n\t\"list\": [\n\t\t{ \"name\": \"a\" }, // last, [\n\t\t{\n\t\t\t\"name\": \"new\"\n\t\t}\n\t]\n}")]
    [InlineData("{\n\t\"list\": [\n\t\t{ \"name\": \"a\" } // last, [\n\t]\n}", "{\n\t\"list\": [\n\t\t{ \"name\": \"a\" }, // last, [\n\t\t{\n\t\t\t\"name\": \"new\"\n\t\t}\n\t]\n}")]
    [InlineData("{\r\n  \"list\": [\r\n    1 /* , */\r\n  ]\r\n}", "{\r\n  \"list\": [\r\n    1, /* , */\r\n    {\r\n      \"name\": \"new\"\r\n    }\r\n  ]\r\n}")]
    [InlineData("// ä\n{\n  \"ü\": 1 // ö\n}", "// ä\n{\n  \"ü\": 1, // ö\n  \"list\": [\n    {\n      \"name\": \"new\"\n    }\n  ]\n}")]
    public void An_entry_is_added_in_the_manner_of_the_file(string before, string after) =>
        JsonText.With(before, "list", "name", [JsonEntry.Text(new JsonObject { ["name"] = "new" })]).ShouldBe(after);

    [Fact]
    public void Entries_are_known_by_name_and_deeper_ones_are_not_counted()
    {
        const string Text = """{ "x": { "list": [{ "name": "no" }] }, "list": [ /* {"name":"no"} */ {"name":"a", "list":[{"name":"no"}]}, 5, [{"name":"no"}], {"other":1}, {"name":"b"}, ] }""";
        JsonText.Names(Text, "list", "name").ShouldBe(["a", "b"]);
        JsonText.Names("{ \"x\": { \"list\": [] } }", "list", "name").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{ \"list\": 5 }")]
    [InlineData("{ \"list\": [ }")]
    [InlineData("{ \"list\": [] } x")]
    [InlineData("{ \"list\": []")]
    public void What_is_no_such_file_is_refused(string text) =>
        Should.Throw<JsonException>(() => JsonText.With(text, "list", "name", ["1"]));

    /// <summary>Files of all forms: what was in one is in the other, in its order, with two entries more.</summary>
    [Fact]
    public void Whatever_the_form_of_a_file_nothing_of_it_is_lost()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var i = 0; i < 500; i++)
        {
            var before = RandomFile(random);
            var after = JsonText.With(before, "list", "name", ["{\n    \"name\": \"n1\"\n}", "2"]);
            var expected = JsonNode.Parse(before, documentOptions: Lenient)!.AsObject();
            var list = expected["list"]?.AsArray() ?? [];
            list.Add(new JsonObject { ["name"] = "n1" });
            list.Add(2);
            expected["list"] ??= list;

            JsonNode.DeepEquals(JsonNode.Parse(after, documentOptions: Lenient), expected).ShouldBeTrue($"seed {seed}:\n{before}\n->\n{after}");
            IsSubsequence(before, after).ShouldBeTrue($"seed {seed}:\n{before}\n->\n{after}");
        }
    }

    /// <summary>White space before a bracket may become a new line.</summary>
    private static bool IsSubsequence(string part, string whole)
    {
        var left = part.Where(c => !char.IsWhiteSpace(c)).ToArray();
        var at = 0;
        foreach (var c in whole)
        {
            at += at < left.Length && left[at] == c ? 1 : 0;
        }

        return at == left.Length;
    }

    private static string RandomFile(Random random)
    {
        var text = new StringBuilder();
        void Gap() => text.Append(random.Next(8) switch
        {
            0 => " ", 1 => "\n", 2 => "\t", 3 => "/* , ] } \" */", 4 => "// , ] } \"\n", 5 => "\r\n", _ => "",
        });
        void Sequence(int count, Action<int> entry)
        {
            for (var i = 0; i < count; i++)
            {
                Gap();
                entry(i);
                Gap();
                text.Append(i < count - 1 || random.Next(2) == 0 ? "," : "");
            }

            Gap();
        }

        void Value(int i)
        {
            switch (random.Next(4))
            {
                case 0: text.Append(i); break;
                case 1: text.Append("\"a // \\\" ] b\""); break;
                case 2: text.Append('['); Sequence(random.Next(3), j => text.Append(j)); text.Append(']'); break;
                default: text.Append("{\"name\":"); Gap(); text.Append($"\"e{i}\"}}"); break;
            }
        }

        var place = random.Next(4);
        Gap();
        text.Append('{');
        Sequence(3, i =>
        {
            // The framework's reader takes no comment before the colon, and such a file is refused.
            text.Append($"\"{(i == place ? "list" : $"p{i}")}\":");
            Gap();
            if (i == place)
            {
                text.Append('[');
                Sequence(random.Next(4), Value);
                text.Append(']');
            }
            else
            {
                Value(i);
            }
        });
        text.Append('}');
        Gap();
        return text.ToString();
    }
}
