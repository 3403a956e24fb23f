using System.Text;
using Ferry.Processes;
using Ferry.Settings;
using Ferry.Terminal;
using Ferry.Toolchain.Compilers;

namespace Ferry.Doors;

/// <summary>
/// Ferry as the C or C++ compiler that a build script calls: finds one that can do the target, hands it everything that it was given, and what the target needs besides.
/// The compiler's streams, exit code and signal are passed on; only when it fails for want of a header is something added, on stderr.
/// </summary>
internal static class CompilerDoor
{
    public static int Run(string argv0, string[] arguments, bool cxx)
    {
        Status.Verbose = RunOptions.FromEnvironment()?.Verbose ?? false;
        var folder = DoorPlace.FolderOf(argv0);
        var settings = BuildToolSettings.Read(folder);
        if (settings.IsForThisPc())
        {
            Exec.Replace(cxx ? "c++" : "cc", arguments);
        }

        var line = LineFor(settings, folder, arguments, cxx);
        using var compiler = SessionProcess.Start(line[0], [.. line.Skip(1)], ChildStream.Inherit, ChildStream.Inherit, ChildStream.Pipe, ownSession: false);
        var words = PassOn(compiler.Errors);
        var end = compiler.Wait();
        if (end.Code != 0 && MissingHeader.In(words, settings) is { } missing && SaidOnce.IsNew(folder, missing.Message))
        {
            Errors.Print(missing);
        }

        return DoorPlace.EndAs(end);
    }

    private static IReadOnlyList<string> LineFor(BuildToolSettings settings, string folder, string[] arguments, bool cxx)
    {
        try
        {
            var compiler = CompilerSearch.Find(settings, folder, (found, why) => Status.Detail("C compiler", $"{found.Path} for {settings.Target}: {why}"));
            ThrowIfThereIsNoCxx(compiler, cxx);
            var target = CTarget.Of(settings.Target);
            var line = compiler.Line(target, CHeaders.Find(target, settings.Sysroot), settings.Sysroot, cxx, arguments);
            return compiler.Kind == CompilerKind.Clang ? [.. line, .. ClangLink.WordsFor(folder, settings, arguments, cxx)] : line;
        }
        catch (FerryException e) when (!SaidOnce.IsNew(folder, e.Message))
        {
            Environment.Exit(e.Exit);
            throw;
        }
    }

    private static void ThrowIfThereIsNoCxx(CCompiler compiler, bool cxx)
    {
        if (cxx && compiler.Kind == CompilerKind.Gcc && Tool.Find(compiler.Cxx) is null)
        {
            throw new FerryException($"C++ code is to be compiled, and beside '{compiler.Path}' there is no '{Path.GetFileName(compiler.Cxx)}'", help: InstallHint.Compiler, exit: ExitCode.ToolMissing);
        }
    }

    /// <summary>As it comes, byte for byte, and what it was.</summary>
    private static string PassOn(Stream errors)
    {
        using var kept = new MemoryStream();
        using var ours = StandardStream.Errors();
        var buffer = new byte[16 * 1024];
        while (errors.Read(buffer) is var count and > 0)
        {
            ours.Write(buffer, 0, count);
            kept.Write(buffer, 0, count);
        }

        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length);
    }
}
