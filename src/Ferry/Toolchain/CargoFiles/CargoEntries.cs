using Ferry.Settings;

namespace Ferry.Toolchain.CargoFiles;

/// <summary>What a file must say for plain cargo to do as <c>ferry run</c> does: made of the same variables, so that cargo finds nothing changed.</summary>
internal static class CargoEntries
{
    public static IReadOnlyList<CargoEntry> For(RustToolchain rust, LinkFolder link, string runner, string device, IReadOnlyList<string> allowNewerCode)
    {
        var variables = CargoLinking.Environment(rust, link, runner: null, CargoLinking.HasCompiler);
        List<CargoEntry> entries =
        [
            new(["build"], "target", link.Target),
            new(["target", link.Target], "linker", link.Linker),
            new(["target", link.Target], "runner", runner, IsList: runner.Any(char.IsWhiteSpace)),
        ];
        var host = CargoLinking.LinkerVariable(rust.Host);
        if (link.Target != rust.Host && variables.TryGetValue(host, out var linker))
        {
            entries.Add(new(["target", rust.Host], "linker", linker!));
        }

        entries.Add(Variable("FERRY_DEVICE", device));
        if (allowNewerCode.Count > 0)
        {
            entries.Add(Variable(NewerCode.Variable, string.Join(',', allowNewerCode)));
        }

        var linkers = new[] { host, CargoLinking.LinkerVariable(link.Target) };
        return [.. entries, .. variables.Where(pair => !linkers.Contains(pair.Key)).Select(pair => Variable(pair.Key, pair.Value!))];
    }

    private static CargoEntry Variable(string name, string value) => new([CargoEntry.Environment], name, value);
}
