namespace Ferry.Remote.Trees;

/// <summary>Results of a program: the files below a folder of the tree that a pattern names.</summary>
internal sealed record ResultPattern(string Folder, Glob Glob)
{
    public bool Matches(string path) => path.StartsWith(Folder + "/", StringComparison.Ordinal) && Glob.Matches(path[(Folder.Length + 1)..]);
}
