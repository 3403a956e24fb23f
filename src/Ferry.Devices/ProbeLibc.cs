using System.Text.RegularExpressions;

namespace Ferry.Devices;

/// <summary>Which C library it is: what getconf, the loader and the library's file name say, in this order.</summary>
internal static partial class ProbeLibc
{
    public static LibcFacts Read(ProbeReport report, IReadOnlyList<RuntimeLibrary> files)
    {
        var interpreter = report.All("elf").Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2)
            .Select(parts => ElfHead.Read(ProbeFacts.Hex(parts[1]))?.Interpreter).FirstOrDefault(path => path is not null);
        var facts = new LibcFacts { Interpreter = interpreter, Loaders = [.. report.All("loader").Where(DevicePath.IsPlain).Distinct()] };
        var loader = facts.FindLoader();
        var kind = Kind(loader);
        return facts with { Kind = kind, Version = kind is null ? null : Version(report, files, loader!, kind.Value) };
    }

    private static LibcKind? Kind(string? loader) => loader is null ? null
        : loader.Contains("/ld-musl-") ? LibcKind.Musl
        : loader.Contains("-uClibc") ? LibcKind.Uclibc
        : loader.Contains("/ld-linux") || loader.Contains("/ld64.so") ? LibcKind.Glibc
        : null;

    private static string? Version(ProbeReport report, IReadOnlyList<RuntimeLibrary> files, string loader, LibcKind kind)
    {
        var text = report.All("libc.text").FirstOrDefault(line => line.StartsWith(loader + ' ', StringComparison.Ordinal)) ?? "";
        return kind switch
        {
            LibcKind.Glibc => First(GetconfVersion(), report.First("libc.getconf")) ?? First(ReleaseVersion(), text)
                ?? files.Select(file => First(FileVersion(), file.RealPath)).FirstOrDefault(version => version is not null),
            LibcKind.Musl => First(MuslVersion(), text),
            _ => null,
        };
    }

    private static string? First(Regex pattern, string? text) =>
        text is not null && pattern.Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^glibc (\d{1,4}\.\d{1,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex GetconfVersion();

    [GeneratedRegex(@"release version (\d{1,4}\.\d{1,4})", RegexOptions.CultureInvariant)]
    private static partial Regex ReleaseVersion();

    [GeneratedRegex(@"/libc-(\d{1,4}\.\d{1,4})\.so$", RegexOptions.CultureInvariant)]
    private static partial Regex FileVersion();

    [GeneratedRegex(@"^\S+ musl libc .*/ Version (\d{1,4}\.\d{1,4}(\.\d{1,4})?)", RegexOptions.CultureInvariant)]
    private static partial Regex MuslVersion();
}
