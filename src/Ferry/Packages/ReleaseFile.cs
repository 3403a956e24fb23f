using System.Globalization;
using System.Text;
using Ferry.Packages.Formats;

namespace Ferry.Packages;

/// <summary>A Release file, whose signature was verified: which files the archive has, and their hashes (Debian's wiki, DebianRepository/Format).</summary>
internal sealed class ReleaseFile
{
    private readonly IReadOnlyDictionary<string, string> fields;
    private readonly Dictionary<string, ReleaseEntry> files = [];

    /// <summary>Throws <see cref="InvalidDataException"/>.</summary>
    public ReleaseFile(byte[] verified)
    {
        fields = Deb822.Paragraphs(Encoding.UTF8.GetString(verified)).FirstOrDefault() ?? throw new InvalidDataException("an empty Release file");
        foreach (var line in fields.GetValueOrDefault("SHA256", "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [{ Length: 64 } hash, var digits, var path] && hash.All(char.IsAsciiHexDigit) && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                files[path] = new(path, hash.ToLowerInvariant(), size);
            }
        }

        if (files.Count == 0)
        {
            throw new InvalidDataException("a Release file without SHA-256 hashes");
        }
    }

    /// <summary>Whether indices lie under their hashes, too: what was looked up a moment ago is then still there.</summary>
    public bool ByHash => fields.GetValueOrDefault("Acquire-By-Hash") == "yes";

    /// <summary>Packages of such an archive are taken only if no other has them (backports, experimental).</summary>
    public bool NotAutomatic => fields.GetValueOrDefault("NotAutomatic") == "yes";

    public bool IsNamed(string suite) => suite == fields.GetValueOrDefault("Suite") || suite == fields.GetValueOrDefault("Codename");

    public ReleaseEntry? Find(string path) => files.GetValueOrDefault(path);

    /// <summary>What forbids its use at this time, or null: an old file, signed though it is, may hide what was mended since.</summary>
    public string? Staleness(DateTimeOffset now) =>
        fields.GetValueOrDefault("Valid-Until") is not { } text ? null
        : !DateTimeOffset.TryParseExact(text.Replace("UTC", "GMT", StringComparison.Ordinal), "ddd, d MMM yyyy H:m:s 'GMT'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until)
            ? $"its Valid-Until is not a date: {text}"
        : until < now ? $"it was valid until {until:yyyy-MM-dd HH:mm} UTC"
        : null;
}
