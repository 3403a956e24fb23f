using Ferry.Processes;

namespace Ferry.Toolchain.Compilers;

/// <summary>The compilers of this PC that may be able to do a target, in the order of what works without more: clang, zig, gcc.</summary>
internal static class CompilerCandidates
{
    private static readonly string[] ClangNames = ["clang", .. Enumerable.Range(11, 20).Reverse().Select(version => $"clang-{version}")];
    private static readonly string[] GccEndings = ["-gcc", .. Enumerable.Range(8, 12).Reverse().Select(version => $"-gcc-{version}")];

    public static IEnumerable<CCompiler> For(CTarget target, string host)
    {
        foreach (var clang in FirstOnPath(ClangNames))
        {
            yield return new(clang, CompilerKind.Clang);
        }

        foreach (var zig in FirstOnPath(["zig"]))
        {
            yield return new(zig, CompilerKind.Zig);
        }

        foreach (var gcc in Gccs(target, host))
        {
            yield return new(gcc, CompilerKind.Gcc);
        }
    }

    // A gcc for glibc makes objects for musl as well, when it is given musl's headers.
    private static IEnumerable<string> Gccs(CTarget target, string host) =>
        Names(target).Concat(target.IsMusl ? Names(target.WithGlibc()) : []).Concat(IsOfThisPc(target, host) ? ["gcc", "cc"] : [])
            .Select(Tool.Find).OfType<string>();

    private static IEnumerable<string> Names(CTarget target) =>
        target.Prefixes.SelectMany(prefix => GccEndings.Select(ending => prefix + ending));

    private static bool IsOfThisPc(CTarget target, string host) =>
        host.Contains("-linux-", StringComparison.Ordinal) && target.Triple.Split('-')[0] == host.Split('-')[0];

    private static IEnumerable<string> FirstOnPath(IEnumerable<string> names) => names.Select(Tool.Find).OfType<string>().Take(1);
}
