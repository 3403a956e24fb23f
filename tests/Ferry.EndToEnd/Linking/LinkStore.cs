using Ferry.EndToEnd.Linking;
using Ferry.Lab;

[assembly: AssemblyFixture(typeof(LinkStore))]

namespace Ferry.EndToEnd.Linking;

/// <summary>The link folders of all tests: each takes a second to make.</summary>
public sealed class LinkStore : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public string Folder => folder.Path;

    public void Dispose() => folder.Dispose();
}
