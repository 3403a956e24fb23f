namespace Ferry.Toolchain.Compilers;

/// <summary>
/// What build scripts read to compile and find C code for the target: the crates cc, cmake, pkg-config and bindgen. All of them look for <c>NAME_triple</c> with
/// dashes, then with underscores, then <c>TARGET_NAME</c> (<c>HOST_NAME</c> where the target is this PC's own), then <c>NAME</c>. What the user has set, in any of these
/// forms, stays: of a variable that is set Ferry sets none.
/// <para>
/// CFLAGS is not among them, since the first form found is the only one that cc reads, and the user's CFLAGS would be lost: what the target needs is added by
/// <c>ferry-cc</c> itself.
/// </para>
/// </summary>
internal static class BuildVariables
{
    public static void AddTo(Dictionary<string, string?> variables, string linkFolder, BuildToolSettings settings)
    {
        foreach (var (name, value) in Wanted(linkFolder, settings))
        {
            if (UsersOwn(name, settings.Target, settings.Host) is null)
            {
                variables[Named(name, settings.Target)] = value;
            }
        }
    }

    /// <summary>The form of a variable that the user has set, or null.</summary>
    public static string? UsersOwn(string name, string target, string host) =>
        ((string[])[$"{name}_{target}", Named(name, target), $"{(target == host ? "HOST" : "TARGET")}_{name}", name])
            .FirstOrDefault(form => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(form)));

    private static string Named(string name, string target) => $"{name}_{target.Replace('-', '_').Replace('.', '_')}";

    private static IEnumerable<(string Name, string Value)> Wanted(string linkFolder, BuildToolSettings settings)
    {
        yield return ("CC", BuildTools.PathOf(linkFolder, BuildTools.Cc));
        yield return ("CXX", BuildTools.PathOf(linkFolder, BuildTools.Cxx));
        yield return ("AR", BuildTools.PathOf(linkFolder, BuildTools.Archiver));
        yield return ("RANLIB", BuildTools.PathOf(linkFolder, BuildTools.Ranlib));
        yield return ("PKG_CONFIG", BuildTools.PathOf(linkFolder, BuildTools.PkgConfig));
        yield return ("PKG_CONFIG_ALLOW_CROSS", "1");
        yield return ("PKG_CONFIG_LIBDIR", string.Join(Path.PathSeparator, PcFolders.For(settings)));
        yield return ("PKG_CONFIG_SYSROOT_DIR", PcFolders.Root(settings));
        yield return ("CMAKE_TOOLCHAIN_FILE", Path.Combine(linkFolder, CmakeFile.FileName));
        yield return ("BINDGEN_EXTRA_CLANG_ARGS", BindgenArguments(settings));
    }

    // bindgen calls libclang itself: no door stands in between, and it splits like a shell.
    private static string BindgenArguments(BuildToolSettings settings)
    {
        var target = CTarget.Of(settings.Target);
        var line = new CCompiler("clang", CompilerKind.Clang).Line(target, CHeaders.Find(target, settings.Sysroot), settings.Sysroot, cxx: false, []);
        return string.Join(' ', line.Skip(1).Select(word => word.Any(char.IsWhiteSpace) ? $"'{word}'" : word));
    }
}
