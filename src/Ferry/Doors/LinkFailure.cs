using Ferry.Linking;
using Ferry.Terminal;
using Ferry.Toolchain;

namespace Ferry.Doors;

/// <summary>Says why a link failed: lld's own words, and where they leave the user alone, what is behind them.</summary>
internal sealed class LinkFailure(LinkSettings settings, string folder)
{
    private readonly Lazy<Dictionary<string, string>> aboveCeiling = new(() => AboveCeiling.Read(folder));

    public void Tell(string errors)
    {
        var messages = LldOutput.Parse(errors);
        foreach (var message in messages)
        {
            if (Explained(message) is { } error)
            {
                Errors.Print(error);
            }
            else
            {
                Page.Messages.WriteLine(Printable.Clean(message.Text));
                SayWhoWants(message);
            }
        }
    }

    private FerryException? Explained(LldMessage message) => message switch
    {
        LldMessage.UndefinedSymbol symbol when aboveCeiling.Value.TryGetValue(PlainName(symbol.Name), out var version) => TooNew(symbol, version),
        LldMessage.WrongMachine wrong => WrongInput(wrong.Input, wrong.Text, "is of another architecture"),
        LldMessage.WrongFloatAbi wrong => WrongInput(wrong.Input, wrong.Text, "passes floating-point numbers in other registers"),
        LldMessage.MissingLibrary missing => NoLibrary(missing),
        _ => null,
    };

    // name@VERSION, where a shared library wants it.
    private static string PlainName(string name) => name.Split('@')[0];

    private FerryException TooNew(LldMessage.UndefinedSymbol symbol, string version)
    {
        var number = version.Replace("GLIBC_", "", StringComparison.Ordinal);
        return new FerryException(
            $"{PlainName(symbol.Name)} came with glibc {number}, but this program is to run with glibc {settings.Glibc ?? "of the devices' oldest"}",
            string.Join('\n', symbol.References.Select(Wanted).Distinct().DefaultIfEmpty(symbol.Text)),
            $"if no device has an older one, allow it: --glibc {number}; else {WithoutIt(symbol)}");
    }

    private static string WithoutIt(LldMessage.UndefinedSymbol symbol) =>
        symbol.References.Select(reference => CrateName.Of(reference.From)).FirstOrDefault(crate => crate is not null) is { } crate
            ? $"see who brings {crate}: cargo tree -i {crate.Replace('_', '-')}" : "leave out what wants it";

    private static string Wanted(SymbolReference reference) =>
        $"wanted by {(reference.Function is { } function ? $"{function} in " : "")}{reference.From}{(CrateName.Of(reference.From) is { } crate ? $" of crate {crate}" : "")}";

    // Where it lies, or where the name leads that a link folder gives it.
    private bool IsOfDevice(string path) =>
        settings.Sysroot.Length > 0
        && (path.StartsWith(settings.Sysroot, StringComparison.Ordinal) || new FileInfo(path).LinkTarget?.StartsWith(settings.Sysroot, StringComparison.Ordinal) == true);

    private FerryException WrongInput(LinkedObject input, string text, string what)
    {
        var crate = CrateName.IsRustsOwn(input) ? null : CrateName.Of(input);
        var is_ = ObjectKind.Of(input) is { } kind ? $"is {kind}" : what;
        return new FerryException(
            $"'{input}' {is_}, and cannot go into a program for {settings.Target}",
            $"{(crate is null ? $"it is {input.Path}" : $"crate {crate} brought it: {input.Path}")}\n{text}",
            IsOfDevice(input.Path) ? "it lies among the libraries that were fetched from the device: fetch them again with ferry device add NAME ADDRESS"
                : crate is not null ? $"see who brings it: cargo tree -i {crate.Replace('_', '-')} --target {settings.Target}"
                : $"give the library's form for {settings.Target}, or take its folder out of the search path (-L, cargo:rustc-link-search)");
    }

    private FerryException NoLibrary(LldMessage.MissingLibrary missing) => new(
        $"there is no library '{missing.Name}' for {settings.Target}",
        $"{missing.Text}\nneither lib{missing.Name}.so nor lib{missing.Name}.a is in a folder that the line names{(settings.Sysroot.Length > 0 ? ", or among the device's libraries" : "")}",
        settings.Sysroot.Length > 0 ? $"bring it with its package, from the device or its distribution: ferry sysroot add NAME lib{missing.Name}-dev" : "build it for this target in a build script, and name its folder: cargo:rustc-link-search");

    // lld's words name folders and sections; these name what a user knows.
    private static void SayWhoWants(LldMessage message)
    {
        if (message is LldMessage.UndefinedSymbol symbol)
        {
            foreach (var wanted in symbol.References.Where(reference => !CrateName.IsRustsOwn(reference.From)).Select(Wanted).Distinct())
            {
                Status.Note(wanted);
            }
        }
    }
}
