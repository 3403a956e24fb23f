using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>Whether the loader will find every library and every symbol version, as ld.so(8) looks for them.</summary>
internal static class LibraryCheck
{
    public static IEnumerable<Finding> Of(LibraryFacts program, ElfDynamic dynamic, DeviceFacts device, Func<string, string?> userOf)
    {
        var searchesElsewhere = new[] { dynamic.RunPath, dynamic.RPath }
            .Any(folders => folders?.Split(':').Any(folder => folder.StartsWith('/')) == true);
        var findings = new List<Finding>();
        foreach (var file in WithThoseAlong(program, device))
        {
            findings.AddRange(file.Needed.Where(name => !IsThere(name, device)).Select(name => Missing(name, file, program, device, searchesElsewhere)));
            findings.AddRange(Versions(file, program, device, userOf));
        }

        return findings.DistinctBy(finding => finding.Message);
    }

    /// <summary>The program and what goes along with it, as far as one needs the other. The device's own libraries have what they need.</summary>
    private static List<LibraryFacts> WithThoseAlong(LibraryFacts program, DeviceFacts device)
    {
        var found = new List<LibraryFacts> { program };
        for (var i = 0; i < found.Count; i++)
        {
            foreach (var name in found[i].Needed)
            {
                if (device.Along.TryGetValue(name, out var library) && !found.Contains(library))
                {
                    found.Add(library);
                }
            }
        }

        return found;
    }

    private static bool IsThere(string name, DeviceFacts device) =>
        device.Along.ContainsKey(name) || device.Libraries.ContainsKey(name)
        || device.Profile.LibraryFolders.Count == 0
        || IsLoaderItself(name, device.Profile.Libc)
        || device.Profile.LibraryFolders.Any(folder => folder.Names.Contains(name))
        || name.Contains('/');

    // What is loaded already is not looked for: the loader, by its name; musl's also stands for the libraries of POSIX (ldso/dynlink.c, "reserved").
    private static bool IsLoaderItself(string name, LibcFacts libc) =>
        libc.Loaders.Any(loader => DevicePath.Name(loader) == name)
        || (libc.Kind == LibcKind.Musl && name is "libc.so" or "libpthread.so" or "librt.so" or "libm.so" or "libdl.so" or "libutil.so" or "libxnet.so");

    private static Finding Missing(string name, LibraryFacts wanting, LibraryFacts program, DeviceFacts device, bool searchesElsewhere) => FindingKinds.Library.Of(
        $"'{program.Name}' needs {name}, which device '{device.Name}' does not have",
        (wanting == program ? "" : $"wanted by {wanting.Name}; ")
            + "not in " + string.Join(", ", device.Profile.LibraryFolders.Select(folder => folder.Path))
            + (searchesElsewhere ? ", but the program also names folders of its own" : ""),
        device.Packages.TryGetValue(name, out var package)
            ? $"on the device: sudo apt install {package}; then here: ferry device add {device.Name} ADDRESS"
            : "install its package on the device, then: ferry device add " + device.Name)
        with { Severity = searchesElsewhere ? Severity.Warning : Severity.Error };

    private static IEnumerable<Finding> Versions(LibraryFacts file, LibraryFacts program, DeviceFacts device, Func<string, string?> userOf) =>
        from want in file.Wants
        where !want.IsWeak && IsMissing(want, device)
        group want by (want.File, Family: Family(want.Version)) into missing
        select Lacking([.. missing.OrderByDescending(want => Number(want.Version))], file, program, device, userOf);

    // A library without any versions is taken as it is; the loader warns at most.
    private static bool IsMissing(WantedVersion want, DeviceFacts device) =>
        Library(want.File, device) is { Versions.Count: > 0 } library && !library.Versions.Contains(want.Version);

    private static LibraryFacts? Library(string name, DeviceFacts device) =>
        device.Along.GetValueOrDefault(name) ?? device.Libraries.GetValueOrDefault(name);

    private static Finding Lacking(WantedVersion[] missing, LibraryFacts file, LibraryFacts program, DeviceFacts device, Func<string, string?> userOf)
    {
        var first = missing[0];
        var family = Family(first.Version);
        var best = Library(first.File, device)!.Versions.Where(version => Family(version) == family && Number(version) is not null).MaxBy(Number);
        var what = Number(first.Version) is not null && best is not null ? $"has {Number(best)}" : $"has no such version in {first.File}";
        return FindingKinds.SymbolVersion.Of(
            $"'{program.Name}' needs {first.Version}, but device '{device.Name}' {what}",
            (first.Symbol is { } symbol ? $"symbol {symbol}@{first.Version}" : $"version {first.Version} of {first.File}")
                + (file != program ? $", wanted by {file.Name}" : first.Symbol is { } used && userOf(used) is { } function ? $", wanted in {device.Readable(function)}" : "")
                + (missing.Length > 1 ? $"; {missing.Length - 1} older version{(missing.Length > 2 ? "s are" : " is")} missing, too" : ""),
            $"link against the device's own libraries: ferry build --on {device.Name}") with { Symbol = file == program ? first.Symbol : null };
    }

    // "GLIBC_2.34" is version 2.34 of the family "GLIBC"; "GLIBC_PRIVATE" and "GLIBC_ABI_DT_RELR" are families of their own.
    private static string Family(string version) => Number(version) is null ? version : version[..version.LastIndexOf('_')];

    private static Version? Number(string version)
    {
        var at = version.LastIndexOf('_');
        return at > 0 && Version.TryParse(version.AsSpan(at + 1), out var number) ? number : null;
    }
}
