namespace Ferry.Toolchain;

/// <summary>What a link must know of a device's libraries.</summary>
/// <param name="Id">Names the set of libraries: another id is another link.</param>
/// <param name="Folder">The folder on this PC that stands for the device's root.</param>
/// <param name="Interpreter">The loader's path on the device, as its own /bin/sh names it; null where there is none (static programs only).</param>
/// <param name="LibraryFolders">Folders on the device with its libraries, absolute there, in the order in which they are searched.</param>
internal sealed record SysrootFacts(string Id, string Folder, string? Interpreter, IReadOnlyList<string> LibraryFolders)
{
    /// <summary>For programs that bring everything (musl): no libraries at all.</summary>
    public static SysrootFacts None { get; } = new("static", "", null, []);

    /// <summary>The folder with the headers and .pc files for C code, laid out as on a device: the sysroot's own, or for musl the one that has musl's. Empty for none.</summary>
    public string Headers { get; init; } = Folder;

    /// <summary>Whose libraries these are, for messages; not part of what a link is.</summary>
    public string? Device { get; init; }

    /// <summary>The folders as they are here.</summary>
    public IEnumerable<string> LocalLibraryFolders => LibraryFolders.Select(Here).Where(Directory.Exists);

    /// <summary>The loader as it is here.</summary>
    public string? Loader => Interpreter is null ? null : Here(Interpreter);

    private string Here(string pathOnDevice) => Path.Join(Folder, pathOnDevice.TrimStart('/'));
}
