using Ferry.Processes;

namespace Ferry.Toolchain.Compilers;

/// <summary>
/// Finds the first compiler that can do the target, by letting each compile a small file. That is asked when the first C file is compiled and never
/// before: who compiles no C needs no compiler.
/// </summary>
internal sealed class CompilerSearch(BuildToolSettings settings)
{
    private const string WithLibc = "#include <stdio.h>\n#include <errno.h>\nint main(void) { return puts(\"\") + EOF; }\n";
    private const string WithoutLibc = "int ferry(int x) { return x + 1; }\n";

    private readonly CTarget target = CTarget.Of(settings.Target);
    private readonly CHeaders? headers = CHeaders.Find(CTarget.Of(settings.Target), settings.Sysroot);
    private readonly List<string> refusals = [];

    /// <summary>
    /// The compiler that the link folder remembers, or the first that can. One that can do the target but has no C library's headers is taken where there is
    /// no better, and not remembered: assembler and C code without a C library need none. Throws <see cref="FerryException"/> (exit 4) where there is none.
    /// </summary>
    /// <param name="settings">What is compiled for.</param>
    /// <param name="folder">The link folder.</param>
    /// <param name="found">Told why, when a compiler was found anew.</param>
    public static CCompiler Find(BuildToolSettings settings, string folder, Action<CCompiler, string> found)
    {
        if (RememberedCompiler.Read(folder) is { } known)
        {
            return known;
        }

        var search = new CompilerSearch(settings);
        if (search.First(WithLibc) is { } able)
        {
            RememberedCompiler.Write(folder, able, search.Reason(able));
            found(able, search.Reason(able));
            return able;
        }

        return search.First(WithoutLibc) ?? throw search.NoneCan();
    }

    private CCompiler? First(string source)
    {
        refusals.Clear();
        return CompilerCandidates.For(target, settings.Host).Select(candidate => Tried(candidate, source)).FirstOrDefault(able => able is not null);
    }

    private CCompiler? Tried(CCompiler candidate, string source)
    {
        var compiler = candidate.Kind == CompilerKind.Gcc && headers is not null ? candidate with { OwnInclude = OwnIncludeOf(candidate.Path) } : candidate;
        if (compiler.Kind == CompilerKind.Gcc && target.IsMusl && headers is null && !Path.GetFileName(compiler.Path).Contains("musl", StringComparison.Ordinal))
        {
            refusals.Add($"{compiler.Path}: has the headers of glibc, not of musl");
            return null;
        }

        var work = Directory.CreateTempSubdirectory("ferry-cc-").FullName;
        try
        {
            var file = Path.Combine(work, "try.c");
            File.WriteAllText(file, source);
            var line = compiler.Line(target, headers, settings.Sysroot, cxx: false, ["-c", file, "-o", Path.Combine(work, "try.o")]);
            var result = Tool.Run(line[0], line.Skip(1));
            if (result.Succeeded)
            {
                return compiler;
            }

            refusals.Add($"{compiler.Path}: {FirstError(result.Errors, work)}");
            return null;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static string? OwnIncludeOf(string gcc) =>
        Tool.Run(gcc, ["-print-file-name=include"]) is { Succeeded: true } answer && Path.IsPathRooted(answer.Output.Trim()) ? answer.Output.Trim() : null;

    private static string FirstError(string words, string work) =>
        words.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Replace(work + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Trim()
        ?? words.Trim().Split('\n')[0];

    private string Reason(CCompiler found)
    {
        var whose = found.Kind == CompilerKind.Zig ? headers is null || target.IsMusl ? "its own headers" : $"headers: {headers.Origin}" : headers is null ? "its own headers" : $"headers: {headers.Origin}";
        var before = refusals.Count == 0 ? "the first that is here" : $"the first that can ({string.Join("; ", refusals)})";
        return $"{before}, {whose}";
    }

    private FerryException NoneCan() =>
        new(
            refusals.Count == 0 ? "C code is to be compiled, and there is no C compiler on the PATH" : $"no C compiler here can compile for {settings.Target}",
            refusals.Count == 0 ? $"looked for clang, zig, {target.Prefixes[0]}-gcc" : string.Join('\n', refusals),
            InstallHint.Compiler + (refusals.Count == 0 ? "" : $", or name one: CC_{settings.Target.Replace('-', '_')}=PATH"),
            ExitCode.ToolMissing);
}
