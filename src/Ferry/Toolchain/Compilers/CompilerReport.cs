namespace Ferry.Toolchain.Compilers;

/// <summary>Which compiler C code gets, and why. None is looked for here: that is done when the first C file is compiled.</summary>
internal static class CompilerReport
{
    /// <param name="target">The Rust target.</param>
    /// <param name="host">This PC's.</param>
    /// <param name="linkFolder">Where a compiler that was found is remembered.</param>
    public static (string Compiler, string Why) Of(string target, string host, string? linkFolder) =>
        BuildVariables.UsersOwn("CC", target, host) is { } own ? (Environment.GetEnvironmentVariable(own)!, $"{own} is set")
        : linkFolder is not null && RememberedCompiler.Read(linkFolder) is { } known ? (known.Path, RememberedCompiler.Reason(linkFolder) ?? "")
        : ("not looked for yet", $"when there is C code: clang, zig, {CTarget.Of(target).Prefixes[0]}-gcc");
}
