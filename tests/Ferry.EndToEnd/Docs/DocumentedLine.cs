using Xunit.Sdk;

namespace Ferry.EndToEnd.Docs;

/// <summary>A line that a page tells the reader to type, or shows; and the page's name.</summary>
public sealed record DocumentedLine(string Page, string Text) : IXunitSerializable
{
    public DocumentedLine()
        : this("", "")
    {
    }

    public string Page { get; private set; } = Page;

    public string Text { get; private set; } = Text;

    public bool CallsFerry => $" {Text} ".Contains(" ferry ", StringComparison.Ordinal);

    public void Deserialize(IXunitSerializationInfo info) => (Page, Text) = (info.GetValue<string>("page")!, info.GetValue<string>("text")!);

    public void Serialize(IXunitSerializationInfo info)
    {
        info.AddValue("page", Page);
        info.AddValue("text", Text);
    }

    public override string ToString() => $"{Page}: {Text}";
}
