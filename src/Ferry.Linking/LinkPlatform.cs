namespace Ferry.Linking;

/// <summary>What a C toolchain for a target knows, and a linker line takes for granted. Paths are of this PC unless it says otherwise.</summary>
public sealed record LinkPlatform
{
    /// <summary>The Rust target, such as <c>aarch64-unknown-linux-gnu</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The loader's path on the device, as the device's own programs name it; null for static programs only.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The folder that stands for the device's root: linker scripts name absolute paths in it.</summary>
    public string? Sysroot { get; init; }

    /// <summary>Where <c>-lc</c> and the other libraries are found, behind the line's own folders.</summary>
    public IReadOnlyList<string> LibraryFolders { get; init; } = [];

    /// <summary>
    /// Whether the libraries may lack what another library wants of them: those of an older glibc do, and the device brings its own of both.
    /// </summary>
    public bool LibrariesLackSymbols { get; init; }

    /// <summary>The loader as a file: it defines <c>__tls_get_addr</c> and <c>__libc_stack_end</c>.</summary>
    public string? Loader { get; init; }

    /// <summary>Objects that come first in a program (<c>_start</c>).</summary>
    public IReadOnlyList<string> ProgramStart { get; init; } = [];

    /// <summary>Objects that a static program has besides (<c>_init</c>, <c>_fini</c>).</summary>
    public IReadOnlyList<string> StaticStart { get; init; } = [];

    /// <summary>Objects that a static program with a fixed address has besides.</summary>
    public IReadOnlyList<string> FixedStart { get; init; } = [];

    /// <summary>Objects that come first in a shared object.</summary>
    public IReadOnlyList<string> SharedStart { get; init; } = [];

    /// <summary>Objects behind the libraries, each taken only if it defines what nothing before it did (libc_nonshared.a).</summary>
    public IReadOnlyList<string> Nonshared { get; init; } = [];

    /// <summary>The same for programs and libraries of every kind: what compilers call and expect of libgcc.</summary>
    public IReadOnlyList<string> Builtins { get; init; } = [];
}
