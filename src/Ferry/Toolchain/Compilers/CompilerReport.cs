namespace Ferry.Toolchain.Compilers;

/// <summary>Which compiler C code gets, in a line for <c>-v</c>. No compiler is looked for here: that is done when the first C file is compiled.</summary>
internal static class CompilerReport
{
    public static string Of(string linkFolder)
    {
        if (BuildToolSettings.Find(linkFolder) is not { } settings)
        {
            return "as it was";
        }

        return BuildVariables.UsersOwn("CC", settings.Target, settings.Host) is { } own ? $"{Environment.GetEnvironmentVariable(own)}, since {own} is set"
            : RememberedCompiler.Read(linkFolder) is { } known ? $"{known.Path}, {RememberedCompiler.Reason(linkFolder)}"
            : $"looked for when there is C code: clang, zig, {CTarget.Of(settings.Target).Prefixes[0]}-gcc";
    }
}
