using System.Globalization;
using System.Text;
using Ferry.Debugging;
using Ferry.Elf;
using Ferry.Elf.Debug;

namespace Ferry.Commands.Debugging;

/// <summary>A line of a source file, as an editor's cursor has it: the test there is meant.</summary>
/// <param name="File">The file, by its full path.</param>
/// <param name="Line">The line, from 1 on.</param>
internal sealed record TestPlace(string File, int Line)
{
    private const string Closure = "::{";

    /// <summary>FILE:LINE; null for the name of a test, none of which ends so.</summary>
    public static TestPlace? Parse(string? text) =>
        text?.LastIndexOf(':') is { } colon && colon > 0 && text[colon - 1] != ':' && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line)
            ? new(Path.GetFullPath(text[..colon]), line) : null;

    /// <summary>In a workspace the file says which package is meant, unless that was typed.</summary>
    public CargoLine Narrow(CargoLine typed)
    {
        if (!System.IO.File.Exists(File))
        {
            throw new FerryException($"there is no file '{File}'", help: "--test FILE:LINE names a line of a test's source", exit: ExitCode.WrongUsage);
        }

        var manifest = Manifest(Path.GetDirectoryName(File));
        var isChosen = manifest is null || typed.Values("-p", "--package", "--manifest-path").Any() || typed.CargoArguments.Any(word => word is "--workspace" or "--all") || manifest == Manifest(Environment.CurrentDirectory);
        return isChosen ? typed : typed with { CargoArguments = [.. typed.CargoArguments, "--manifest-path", manifest!] };
    }

    /// <summary>The tests of a test program whose functions have that line; one, when there is any.</summary>
    /// <param name="program">The test program.</param>
    /// <param name="crate">Its crate, as rustc calls it.</param>
    public IEnumerable<string> TestsIn(string program, string crate)
    {
        var elf = ElfFile.Read(System.IO.File.ReadAllBytes(program));
        if (DebugInfo.Of(elf) is not { } info)
        {
            return [];
        }

        var mask = elf.Machine == ElfMachine.Arm ? ~1ul : ~0ul; // bit 0 says Thumb
        var line = LineOfCode();
        var functions = DebugTarget.Functions(elf, "").Where(function => function.Path.StartsWith(crate + "::", StringComparison.Ordinal)).ToList();
        var called = functions.Where(function => function.Path.Contains(Closure, StringComparison.Ordinal)).Select(function => Outermost(function.Path)).ToHashSet();
        return functions
            .Join(elf.Symbols.Where(symbol => symbol.IsDefined), function => function.Symbol, symbol => symbol.Name, (function, symbol) => (function.Path, Start: symbol.Value & mask, symbol.Size))
            .Where(function => Has(info, function.Start, function.Size, line))
            .Select(function => Outermost(function.Path))
            .Where(path => called.Contains(path) && IsNamed(elf, path))
            .Distinct();
    }

    public FerryException NotFound() =>
        new($"no test has line {Line} of '{File}'", help: "put the cursor into the test's function, or name the test: --test NAME; see their names: ferry test -- --list", exit: ExitCode.WrongUsage);

    private static string? Manifest(string? folder)
    {
        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (System.IO.File.Exists(Path.Combine(folder, "Cargo.toml")))
            {
                return Path.Combine(folder, "Cargo.toml");
            }
        }

        return null;
    }

    /// <summary>Attributes and comments belong to what follows.</summary>
    private int LineOfCode()
    {
        var lines = System.IO.File.ReadAllLines(File);
        var at = Math.Max(Line - 1, 0);
        while (at < lines.Length && (lines[at].AsSpan().Trim() is var text && (text.Length == 0 || text.StartsWith("#[") || text.StartsWith("//"))))
        {
            at++;
        }

        return at + 1;
    }

    /// <summary>From the function's first line to its last: lines without code between them are its own, too.</summary>
    private bool Has(DebugInfo info, ulong start, ulong size, int line)
    {
        var (first, last) = (int.MaxValue, 0);
        foreach (var place in info.PlacesOf(start, size))
        {
            if (place.Line > 0 && IsFile(place.File))
            {
                (first, last) = (Math.Min(first, place.Line), Math.Max(last, place.Line));
            }
        }

        return (first <= line && line <= last) || (first <= Line && Line <= last);
    }

    private bool IsFile(string? path) => path is not null && Path.GetFullPath(path) is var full && (full == File || Final(full) == Final(File));

    private static string Final(string path) => System.IO.File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    /// <summary>What a test does may stand in closures and futures within it.</summary>
    private static string Outermost(string path) => path.IndexOf(Closure, StringComparison.Ordinal) is var at and > 0 ? path[..at] : path;

    /// <summary>
    /// A test's name, without the crate, stands among the program's constants, since the harness prints it. Short names of other functions may, too: but the harness
    /// calls a test from a closure of that function's own name.
    /// </summary>
    private static bool IsNamed(ElfFile elf, string path)
    {
        var name = Encoding.UTF8.GetBytes(path[(path.IndexOf("::", StringComparison.Ordinal) + 2)..]);
        return elf.Sections.Where(section => section is { IsLoaded: true, HasBytes: true } && section.Name.StartsWith(".rodata", StringComparison.Ordinal)).Any(section => elf.ContentOf(section).Span.IndexOf(name) >= 0);
    }
}
