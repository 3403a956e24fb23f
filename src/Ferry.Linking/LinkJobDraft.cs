namespace Ferry.Linking;

/// <summary>A <see cref="LinkJob"/> while its line is being read: the effects of <see cref="LinkerOptions"/> write here.</summary>
internal sealed class LinkJobDraft
{
    public List<LinkInput> Inputs { get; } = [];

    public List<string> SearchFolders { get; } = [];

    public List<string> RunPaths { get; } = [];

    public List<string> VersionScripts { get; } = [];

    public List<string> Undefined { get; } = [];

    public List<string> Passthrough { get; } = [];

    public string? Output { get; set; }

    public string? Entry { get; set; }

    public string? Interpreter { get; set; }

    public string? Sysroot { get; set; }

    public StripLevel Strip { get; set; }

    public bool NoStartFiles { get; set; }

    public bool NoDefaultLibraries { get; set; }

    public bool IsShared { get; set; }

    public bool IsStatic { get; set; }

    /// <summary>The last of -pie, -no-pie and -static-pie counts, as with gcc.</summary>
    public bool IsPie { get; set; }

    public LinkJob Finish() => new()
    {
        Kind = Kind,
        Output = Output ?? "a.out",
        Inputs = Inputs,
        SearchFolders = SearchFolders,
        RunPaths = RunPaths,
        VersionScripts = VersionScripts,
        Undefined = Undefined,
        Entry = Entry,
        Interpreter = Interpreter,
        Sysroot = Sysroot,
        Strip = Strip,
        StartFiles = !NoStartFiles,
        DefaultLibraries = !NoDefaultLibraries,
        Passthrough = Passthrough,
    };

    private OutputKind Kind => (IsShared, IsStatic, IsPie) switch
    {
        (true, _, _) => OutputKind.Shared,
        (_, true, true) => OutputKind.StaticPositionIndependent,
        (_, true, false) => OutputKind.Static,
        (_, false, true) => OutputKind.PositionIndependent,
        _ => OutputKind.Executable,
    };
}
