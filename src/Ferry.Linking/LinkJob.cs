namespace Ferry.Linking;

/// <summary>
/// What a gcc-style line asks for. <see cref="Parse"/> reads it by the table in <see cref="LinkerOptions"/>;
/// <see cref="LldCommand"/> says it again in lld's words, with what the target's C toolchain would have added.
/// </summary>
public sealed record LinkJob
{
    /// <summary>What is made.</summary>
    public OutputKind Kind { get; init; }

    /// <summary>The file to write (<c>-o</c>).</summary>
    public string Output { get; init; } = "a.out";

    /// <summary>Objects, archives, libraries and the switches between them, in their order.</summary>
    public IReadOnlyList<LinkInput> Inputs { get; init; } = [];

    /// <summary>Where libraries are searched for (<c>-L</c>), in their order; before the platform's own folders.</summary>
    public IReadOnlyList<string> SearchFolders { get; init; } = [];

    /// <summary>Where the loader shall search on the device (<c>-rpath</c>).</summary>
    public IReadOnlyList<string> RunPaths { get; init; } = [];

    /// <summary>Files with the symbols that are exported (<c>--version-script</c>).</summary>
    public IReadOnlyList<string> VersionScripts { get; init; } = [];

    /// <summary>Symbols to be searched for in archives though nobody wants them yet (<c>-u</c>).</summary>
    public IReadOnlyList<string> Undefined { get; init; } = [];

    /// <summary>The symbol where the program is entered, where it is not <c>_start</c> (<c>-e</c>).</summary>
    public string? Entry { get; init; }

    /// <summary>The loader that the line itself asks for (<c>--dynamic-linker</c>), in place of the platform's.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The folder that the line itself gives as the device's root (<c>--sysroot</c>), in place of the platform's.</summary>
    public string? Sysroot { get; init; }

    /// <summary>What is left out.</summary>
    public StripLevel Strip { get; init; }

    /// <summary>Whether start-up objects are wanted from the toolchain: not with <c>-nostartfiles</c>, when rustc brings them.</summary>
    public bool StartFiles { get; init; } = true;

    /// <summary>Whether libc is wanted though nobody named it: rustc says <c>-nodefaultlibs</c> and names what it wants.</summary>
    public bool DefaultLibraries { get; init; } = true;

    /// <summary>Options that lld has under the same name and whose place does not matter.</summary>
    public IReadOnlyList<string> Passthrough { get; init; } = [];

    /// <summary>Whether the output has no use for a loader and shared libraries.</summary>
    public bool IsStatic => Kind is OutputKind.Static or OutputKind.StaticPositionIndependent;

    /// <summary>Reads an unfolded line.</summary>
    /// <exception cref="LinkerLineException">The line has an option that is not in the table, or one that lacks its value.</exception>
    public static LinkJob Parse(IReadOnlyList<LinkerToken> tokens)
    {
        var draft = new LinkJobDraft();
        var at = 0;
        while (at < tokens.Count)
        {
            at += LinkerOptions.Read(tokens, at, draft);
        }

        return draft.Finish();
    }
}
