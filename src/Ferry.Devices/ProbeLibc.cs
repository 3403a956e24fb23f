using System.Text.RegularExpressions;

namespace Ferry.Devices;

/// <summary>Which C library it is: what its file says of itself, and where that cannot be read what getconf, the loader and the file's name say, in this order.</summary>
internal static partial class ProbeLibc
{
    public static LibcFacts Read(ProbeReport report, IReadOnlyList<RuntimeLibrary> files, UserlandFacts userland)
    {
        var interpreter = report.All("elf").Select(line => line.Split(' ', 2)).Where(parts => parts.Length == 2)
            .Select(parts => ElfHead.Read(ProbeFacts.Hex(parts[1]))?.Interpreter).FirstOrDefault(path => path is not null);
        var facts = new LibcFacts { Interpreter = interpreter, Loaders = [.. report.All("loader").Where(DevicePath.IsPlain).Distinct()] };
        var loader = facts.FindLoader();
        var kind = Kind(loader);
        var version = kind is null ? null : Version(report, files, loader!, kind.Value);
        return facts with
        {
            Kind = kind,
            Version = version?.Version,
            NewestVersions = ProbeVersions.Newest(report, files),
            Time64 = userland.Bits == 32 ? ProbeVersions.Time64(report, kind, version?.Version, userland) : null,
        };
    }

    /// <summary>The version, and what told it.</summary>
    internal static (string Version, string Source)? Version(ProbeReport report, IReadOnlyList<RuntimeLibrary> files, string loader, LibcKind kind)
    {
        (string? Text, string Source)[] told =
        [
            (First(kind == LibcKind.Musl ? PlainVersion() : ReleaseVersion(), Banner(report, files)), "the text in its file"),
            (kind == LibcKind.Glibc ? First(GetconfVersion(), report.First("libc.getconf")) : null, "getconf GNU_LIBC_VERSION"),
            (First(kind == LibcKind.Musl ? MuslVersion() : ReleaseVersion(), LoaderText(report, loader)), $"{loader} --version"),
            (files.Select(file => First(kind == LibcKind.Uclibc ? UclibcFile() : GlibcFile(), file.RealPath)).FirstOrDefault(version => version is not null), "the name of its file"),
        ];
        return told.Where(one => one.Text is not null).Select(one => ((string, string)?)(one.Text!, one.Source)).FirstOrDefault();
    }

    private static string? Banner(ProbeReport report, IReadOnlyList<RuntimeLibrary> files) =>
        ProbeVersions.Texts(report).Where(words => files.Any(file => file.Path == words[0]))
            .SelectMany(words => words.Skip(1)).FirstOrDefault(text => text.StartsWith("GNU C Library", StringComparison.Ordinal) || PlainVersion().IsMatch(text));

    private static string? LoaderText(ProbeReport report, string loader) =>
        report.All("libc.text").FirstOrDefault(line => line.StartsWith(loader + ' ', StringComparison.Ordinal));

    private static LibcKind? Kind(string? loader) => loader is null ? null
        : loader.Contains("/ld-musl-") ? LibcKind.Musl
        : loader.Contains("-uClibc") ? LibcKind.Uclibc
        : loader.Contains("/ld-linux") || loader.Contains("/ld64.so") ? LibcKind.Glibc
        : null;

    private static string? First(Regex pattern, string? text) =>
        text is not null && pattern.Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"^glibc (\d{1,4}\.\d{1,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex GetconfVersion();

    [GeneratedRegex(@"release version (\d{1,4}\.\d{1,4})", RegexOptions.CultureInvariant)]
    private static partial Regex ReleaseVersion();

    [GeneratedRegex(@"/libc-(\d{1,4}\.\d{1,4})\.so$", RegexOptions.CultureInvariant)]
    private static partial Regex GlibcFile();

    [GeneratedRegex(@"/libuClibc-(\d{1,4}(\.\d{1,4}){1,3})\.so$", RegexOptions.CultureInvariant)]
    private static partial Regex UclibcFile();

    [GeneratedRegex(@"^(\d{1,4}\.\d{1,4}\.\d{1,4})$", RegexOptions.CultureInvariant)]
    private static partial Regex PlainVersion();

    [GeneratedRegex(@"^\S+ musl libc .*/ Version (\d{1,4}\.\d{1,4}(\.\d{1,4})?)", RegexOptions.CultureInvariant)]
    private static partial Regex MuslVersion();
}
