namespace Ferry.Toolchain.Compilers;

/// <summary>
/// What clang needs to link a C program for the device: cmake and configure scripts link small programs to learn what the C library has. The linker, the start objects and
/// the libraries are those of the link folder, as for Rust's programs. gcc and zig bring their own.
/// </summary>
internal static class ClangLink
{
    /// <summary>compiler_builtins, where libgcc would be, names Rust's handler of panics in tables that a C program never looks at.</summary>
    private const string NoRust = "-Wl,--defsym=rust_eh_personality=0";

    private static readonly string[] EndsBeforeLinking = ["-c", "-S", "-E", "-M", "-MM", "-fsyntax-only", "--version", "-dumpmachine", "-dumpversion", "-r"];
    private static readonly string[] Inputs = [".c", ".cc", ".cpp", ".cxx", ".C", ".o", ".lo", ".a", ".so", ".s", ".S", ".i"];

    /// <summary>The words for a line's end; none where the line does not link.</summary>
    /// <param name="linkFolder">Has link.json, the start objects and lib/.</param>
    /// <param name="settings">What is linked for.</param>
    /// <param name="arguments">What the build script has said.</param>
    /// <param name="cxx">Whether C++'s library is linked as well.</param>
    public static IReadOnlyList<string> WordsFor(string linkFolder, BuildToolSettings settings, IReadOnlyList<string> arguments, bool cxx)
    {
        if (!Links(arguments) || LinkSettings.Read(linkFolder) is not { } link)
        {
            return [];
        }

        string[] linker = ["--ld-path=" + LdOf(link.Linker)];
        if (arguments.Contains("-nostdlib"))
        {
            return linker;
        }

        var isShared = arguments.Contains("-shared");
        return link.Interpreter is null
            ? [.. linker, "--sysroot=" + linkFolder, .. isShared ? [] : Static(settings, linkFolder)]
            : [.. linker, "-nostartfiles", "-nodefaultlibs", .. isShared ? [] : (string[])["-Wl,-dynamic-linker," + link.Interpreter], .. Dynamic(linkFolder, link, isShared, cxx)];
    }

    private static bool Links(IReadOnlyList<string> arguments) =>
        !arguments.Any(argument => EndsBeforeLinking.Contains(argument) || argument.StartsWith("-print-", StringComparison.Ordinal))
        && arguments.Any(argument => argument.Length > 0 && argument[0] != '-' && Inputs.Contains(Path.GetExtension(argument)));

    /// <summary>rust-lld is several linkers in one file; beside it lies a program that calls it as ld.lld.</summary>
    private static string LdOf(string linker) =>
        Path.Combine(Path.GetDirectoryName(linker)!, "gcc-ld", OperatingSystem.IsWindows() ? "ld.lld.exe" : "ld.lld") is var beside && File.Exists(beside) ? beside : linker;

    private static IEnumerable<string> Dynamic(string folder, LinkSettings link, bool isShared, bool cxx) =>
    [
        Path.Combine(folder, isShared ? "start-shared.o" : "start-program.o"),
        "-L" + Path.Combine(folder, "lib"),
        .. link.LibraryFolders.Select(library => "-L" + library),
        "-Wl,--as-needed",
        .. cxx ? ["-lstdc++", "-lm"] : (string[])[],
        "-lc", "-lgcc_s", "-Wl,--no-as-needed",
        .. link.Loader is { } loader ? ["-Wl,--as-needed", loader] : (string[])[],
        Path.Combine(folder, "start-nonshared.o"),
    ];

    // Rust brings musl's start files and library with its std. The --sysroot keeps clang from this PC's libraries.
    private static string[] Static(BuildToolSettings settings, string linkFolder)
    {
        var own = Path.Combine(settings.RustLibraries, "self-contained");
        return Directory.Exists(own)
            ? ["-static", "-nostartfiles", "-nodefaultlibs", .. Files(own, "crt1.o", "crti.o"), "-L" + own, "-L" + PartsOfMusl(linkFolder), "-lc", "-lunwind", .. Directory.GetFiles(settings.RustLibraries, "libcompiler_builtins-*.rlib"), NoRust, .. Files(own, "crtn.o")]
            : ["-static"];
    }

    /// <summary>musl's libc.a is all of these; its own packages bring empty archives of their names, Rust does not.</summary>
    private static string PartsOfMusl(string linkFolder)
    {
        var folder = Directory.CreateDirectory(Path.Combine(linkFolder, "parts-of-musl")).FullName;
        foreach (var name in (string[])["m", "rt", "pthread", "crypt", "util", "xnet", "resolv", "dl"])
        {
            var file = Path.Combine(folder, $"lib{name}.a");
            if (!File.Exists(file))
            {
                File.WriteAllText(file, "!<arch>\n");
            }
        }

        return folder;
    }

    private static IEnumerable<string> Files(string folder, params string[] names) => names.Select(name => Path.Combine(folder, name));
}
