namespace Ferry.Toolchain.Compilers;

/// <summary>A C compiler, and how it is asked to compile for a target.</summary>
/// <param name="Path">The program: clang, zig, aarch64-linux-gnu-gcc.</param>
/// <param name="Kind">Whose options it takes.</param>
/// <param name="OwnInclude">gcc's folder of the headers that come with the compiler (stddef.h); others find theirs.</param>
internal sealed record CCompiler(string Path, CompilerKind Kind, string? OwnInclude = null)
{
    /// <summary>What zig would not understand, or understand otherwise than clang and gcc: its <c>-target</c> and <c>-mcpu</c> say all of it.</summary>
    private static readonly string[] NotForZig = ["--target=", "-march=", "-mcpu=", "-mfpu=", "-mfloat-abi=", "-mtune="];

    /// <summary>The program of this compiler for C++, which may not be there.</summary>
    public string Cxx => Kind == CompilerKind.Gcc
        ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, CxxName(System.IO.Path.GetFileName(Path)))
        : Path;

    /// <summary>
    /// The whole line. The machine's options come first, so that a build script's own (a file compiled with <c>-march=armv8-a+crypto</c>) win; the target
    /// and the folders of headers come last, so that nothing that guesses a target wins over them.
    /// </summary>
    public IReadOnlyList<string> Line(CTarget target, CHeaders? headers, string sysroot, bool cxx, IReadOnlyList<string> arguments)
    {
        var (before, after) = Kind switch
        {
            CompilerKind.Clang => (Clang(target, cxx), ClangTarget(target, headers, sysroot, cxx)),
            CompilerKind.Zig => (Zig(cxx), ZigTarget(target, headers, cxx)),
            _ => ([cxx ? Cxx : Path, .. target.Machine], GccHeaders(headers, cxx)),
        };
        var given = Kind == CompilerKind.Zig ? WithoutTarget(arguments) : arguments;
        var end = given.TakeWhile(argument => argument != "--").Count();
        return [.. before, .. given.Take(end), .. after, .. given.Skip(end)];
    }

    private string[] Clang(CTarget target, bool cxx) => [Path, .. cxx ? ["--driver-mode=g++"] : (string[])[], .. target.Machine];

    // Without -nostdlibinc clang takes this PC's own headers, and Debian's of another architecture before those of --sysroot.
    private static string[] ClangTarget(CTarget target, CHeaders? headers, string sysroot, bool cxx) =>
        ["--target=" + target.Clang, .. sysroot.Length > 0 && !target.IsMusl ? ["--sysroot=" + sysroot] : (string[])[], "-nostdlibinc", .. Includes(headers, cxx)];

    // zig's debug builds check for undefined behaviour by calls of a library of its own.
    private string[] Zig(bool cxx) => [Path, cxx ? "c++" : "cc", "-fno-sanitize=undefined"];

    // zig brings the headers of both C libraries; a device's own come before them, for its other libraries' sake.
    private static string[] ZigTarget(CTarget target, CHeaders? headers, bool cxx) =>
        ["-target", target.Zig, .. target.ZigCpu is { } cpu ? ["-mcpu=" + cpu] : (string[])[], .. target.IsMusl ? [] : Includes(headers, cxx)];

    private string[] GccHeaders(CHeaders? headers, bool cxx) =>
        headers is null || OwnInclude is null ? []
        : ["-nostdinc", .. cxx ? Isystem(headers.Cxx) : [], "-isystem", OwnInclude, .. Isystem(headers.Folders)];

    private static string[] Includes(CHeaders? headers, bool cxx) =>
        headers is null ? [] : [.. cxx ? Isystem(headers.Cxx) : [], .. Isystem(headers.Folders)];

    private static IEnumerable<string> Isystem(IEnumerable<string> folders) => folders.SelectMany(folder => (string[])["-isystem", folder]);

    private static List<string> WithoutTarget(IReadOnlyList<string> arguments)
    {
        var kept = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is "-target" or "--target")
            {
                i++;
            }
            else if (!NotForZig.Any(start => arguments[i].StartsWith(start, StringComparison.Ordinal)))
            {
                kept.Add(arguments[i]);
            }
        }

        return kept;
    }

    /// <summary>arm-linux-gnueabihf-gcc-12 and arm-linux-gnueabihf-g++-12, cc and c++.</summary>
    private static string CxxName(string name)
    {
        var at = name.LastIndexOf("gcc", StringComparison.Ordinal);
        return at >= 0 ? $"{name[..at]}g++{name[(at + 3)..]}" : name.Replace("cc", "c++", StringComparison.Ordinal);
    }
}
