using Ferry.Packages;

namespace Ferry.Tests.Packages;

public sealed class AptSourcesTests
{
    [Theory]
    [InlineData("deb http://mirror.example/debian bookworm main contrib", "http://mirror.example/debian/dists/bookworm/ main contrib")]
    [InlineData("deb [arch=arm64,armhf signed-by=/usr/share/keyrings/x.gpg] https://h/d/ s c # comment", "https://h/d/dists/s/ c signed-by /usr/share/keyrings/x.gpg")]
    [InlineData("deb [ arch=amd64 ] http://h/d s c", "")]
    [InlineData("deb-src http://h/d s c", "")]
    [InlineData("# deb http://h/d s c", "")]
    [InlineData("deb http://h/flat ./", "http://h/flat/ ")]
    [InlineData("deb http://h/flat arm/", "http://h/flat/arm/ ")]
    [InlineData("deb http://h/d s/$(ARCH) c", "http://h/d/dists/s/arm64/ c")]
    [InlineData("deb cdrom:[Debian]/ bookworm main", "skipped")]
    [InlineData("deb [trusted=yes] http://h/d s c", "skipped")]
    [InlineData("deb [trusted=true signed-by=/k] http://h/d s c", "skipped")]
    [InlineData("deb file:/srv/archive s c", "skipped")]
    public void A_line_names_an_archive(string line, string archive) => Read("/etc/apt/sources.list", line).ShouldBe(archive);

    [Theory]
    [InlineData("Types: deb\nURIs: http://a http://b\nSuites: s t\nComponents: c\n", "http://a/dists/s/ c|http://a/dists/t/ c|http://b/dists/s/ c|http://b/dists/t/ c")]
    [InlineData("Enabled: no\nTypes: deb\nURIs: http://a\nSuites: s\n", "")]
    [InlineData("Types: deb-src\nURIs: http://a\nSuites: s\n", "")]
    [InlineData("types: deb deb-src\nuris: http://a\nsuites: s\ncomponents: c\nsigned-by: /k /l\narchitectures: arm64\n", "http://a/dists/s/ c signed-by /k /l")]
    [InlineData("Types: deb\nURIs: http://a\nSuites: s\nTrusted: yes\n", "skipped")]
    [InlineData("# nothing\n\n\nTypes: deb\nURIs:\n http://a\nSuites:\n s\nComponents: c\n", "http://a/dists/s/ c")]
    public void A_paragraph_names_archives(string text, string archives) => Read("/etc/apt/sources.list.d/x.sources", text).ShouldBe(archives);

    private static string Read(string path, string text)
    {
        var skipped = new List<string>();
        var found = AptSources.Read(path, text, "arm64", skipped.Add);
        return skipped.Count > 0 ? "skipped"
            : string.Join('|', found.Select(source => $"{source.Folder} {string.Join(' ', source.Components)}{(source.SignedBy.Count > 0 ? " signed-by " + string.Join(' ', source.SignedBy) : "")}"));
    }
}
