namespace Ferry.Linking;

/// <summary>A <see cref="LinkJob"/> in lld's words, with what gcc would have added for the platform.</summary>
public static class LldCommand
{
    /// <summary>The arguments of <c>ld.lld</c> (or of <c>rust-lld -flavor gnu</c>, behind these two).</summary>
    /// <exception cref="LinkerLineException">Ferry does not link for the platform's architecture.</exception>
    public static IReadOnlyList<string> Build(LinkJob job, LinkPlatform platform)
    {
        var emulation = Emulation.Of(platform.Target);
        return
        [
            "-m", emulation.Name,
            .. emulation.Options,
            .. KindOptions(job, platform),
            // A debugger, and Ferry, tell by it which file here is the program there.
            "--build-id",
            "-o", job.Output,
            .. Fields(job, platform),
            .. platform.LibrariesLackSymbols && !job.IsStatic ? ["--allow-shlib-undefined"] : Array.Empty<string>(),
            .. job.Passthrough,
            .. StartObjects(job, platform),
            .. job.Inputs.SelectMany(Words),
            .. Closing(job, platform),
        ];
    }

    // lld knows no -static-pie; clang says it like this, too.
    private static IEnumerable<string> KindOptions(LinkJob job, LinkPlatform platform) => job.Kind switch
    {
        OutputKind.Shared => ["-shared"],
        OutputKind.Static => ["-static"],
        OutputKind.StaticPositionIndependent => ["-static", "-pie", "--no-dynamic-linker", "-z", "text"],
        OutputKind.PositionIndependent => ["-pie", .. InterpreterOption(job, platform)],
        _ => InterpreterOption(job, platform),
    };

    private static IEnumerable<string> InterpreterOption(LinkJob job, LinkPlatform platform) =>
        (job.Interpreter ?? platform.Interpreter) is { } path ? ["--dynamic-linker=" + path] : [];

    private static IEnumerable<string> Fields(LinkJob job, LinkPlatform platform) =>
    [
        .. (job.Sysroot ?? platform.Sysroot) is { } sysroot ? ["--sysroot=" + sysroot] : Array.Empty<string>(),
        .. job.Strip switch { StripLevel.Symbols => ["--strip-all"], StripLevel.DebugInfo => ["--strip-debug"], _ => Array.Empty<string>() },
        .. job.Entry is { } entry ? ["--entry=" + entry] : Array.Empty<string>(),
        .. job.Undefined.Select(symbol => "--undefined=" + symbol),
        .. job.RunPaths.Select(path => "-rpath=" + path),
        .. job.VersionScripts.Select(file => "--version-script=" + file),
        .. SearchFolders(job, platform).Select(folder => "-L" + folder),
    ];

    // A build script that asked pkg-config names folders of the sysroot. They stay behind the platform's own: these have the shared library where
    // the sysroot's folder may have only the static one, or a script.
    private static IEnumerable<string> SearchFolders(LinkJob job, LinkPlatform platform) =>
        job.SearchFolders.Where(folder => !IsInSysroot(folder, platform)).Concat(platform.LibraryFolders)
            .Concat(job.SearchFolders.Where(folder => IsInSysroot(folder, platform)));

    private static bool IsInSysroot(string folder, LinkPlatform platform) =>
        platform.Sysroot is { Length: > 1 } sysroot && folder.StartsWith(sysroot, StringComparison.Ordinal) && folder[sysroot.Length..] is ['/' or '\\', ..];

    private static IEnumerable<string> StartObjects(LinkJob job, LinkPlatform platform) => (job.StartFiles, job.Kind) switch
    {
        (false, _) => [],
        (_, OutputKind.Shared) => platform.SharedStart,
        (_, OutputKind.Static) => [.. platform.ProgramStart, .. platform.StaticStart, .. platform.FixedStart],
        (_, OutputKind.StaticPositionIndependent) => [.. platform.ProgramStart, .. platform.StaticStart],
        _ => platform.ProgramStart,
    };

    private static IEnumerable<string> Words(LinkInput input) => input switch
    {
        LinkInput.File file => [file.Path],
        LinkInput.Library library => ["-l" + library.Name],
        LinkInput.State state => [state.Option],
        _ => [],
    };

    // What stands behind the libraries. The line may have left any state behind, so what matters is set anew; and a lazy
    // object (--start-lib) is taken where an archive would be, but needs no archive.
    private static IEnumerable<string> Closing(LinkJob job, LinkPlatform platform)
    {
        string[] libraries = (job.DefaultLibraries, job.IsStatic) switch
        {
            (false, _) => [],
            (_, true) => ["--start-group", "-lgcc", "-lgcc_eh", "-lc", "--end-group"],
            _ => ["-lgcc_s", "-lc"],
        };
        string[] loader = !job.IsStatic && platform.Loader is { } file ? [file] : [];
        string[] objects = [.. job.IsStatic ? [] : platform.Nonshared, .. platform.Builtins];
        string[] lazy = objects.Length > 0 ? ["--start-lib", .. objects, "--end-lib"] : [];
        string[] state = libraries.Length + loader.Length + lazy.Length == 0 ? [] : ["--no-whole-archive", job.IsStatic ? "-Bstatic" : "-Bdynamic", "--as-needed"];
        return [.. state, .. libraries, .. loader, .. lazy];
    }
}
