using Ferry.EndToEnd.Linking;

[assembly: AssemblyFixture(typeof(LinkStore))]

namespace Ferry.EndToEnd.Linking;

/// <summary>The link folders of all tests: each takes a second to make.</summary>
public sealed class LinkStore : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ferry-links-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
