namespace Ferry.Remote.Trees;

/// <summary>A folder of this PC, and the folder of the tree that mirrors it.</summary>
internal sealed record TreePlace(string Here, string InTree)
{
    /// <summary>The tree's path of a file here; null for what lies elsewhere.</summary>
    public string? PathOf(string file) => file == Here ? InTree
        : file.StartsWith(Here + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? $"{InTree}/{file[(Here.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/')}" : null;

    /// <summary>The file here that a path of the tree stands for; null for one of another place.</summary>
    public string? FileOf(string path) =>
        path.StartsWith(InTree + "/", StringComparison.Ordinal) ? Path.Combine(Here, path[(InTree.Length + 1)..].Replace('/', Path.DirectorySeparatorChar)) : null;
}
