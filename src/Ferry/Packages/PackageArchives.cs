using Ferry.Packages.Formats;

namespace Ferry.Packages;

/// <summary>
/// All packages that a device's archives have for it. What they say is used only along an unbroken chain: signature, Release, the index's hash, the
/// package's hash. An archive whose chain breaks is left out, and said so.
/// </summary>
internal sealed class PackageArchives
{
    private const int LargestIndex = 512 << 20;

    private readonly Dictionary<string, List<ArchivePackage>> byName = [];

    private PackageArchives(IReadOnlyList<string> used, IReadOnlyList<string> leftOut) => (Used, LeftOut) = (used, leftOut);

    public IReadOnlyList<string> Used { get; private set; }

    /// <summary>Each with its reason.</summary>
    public IReadOnlyList<string> LeftOut { get; private set; }

    public IEnumerable<string> Names => byName.Keys;

    public static PackageArchives Load(DevicePackages device, ReleaseSignature signature, Download download, DateTimeOffset now, Action<string> warn, Action<string> say)
    {
        var (used, leftOut) = (new List<string>(), new List<string>());
        var archives = new PackageArchives(used, leftOut);
        foreach (var source in device.Sources)
        {
            try
            {
                say(source.Title);
                archives.Add(source, device.Architecture, signature, download, now, warn);
                used.Add(source.Title);
            }
            catch (FerryException e) when (e.Exit != ExitCode.DeviceUnreachable)
            {
                leftOut.Add($"{source.Title}: {e.Message}{(e.Cause is null ? "" : $" ({e.Cause})")}");
                warn(leftOut[^1]);
            }
            catch (InvalidDataException e)
            {
                leftOut.Add($"{source.Title}: {e.Message}");
                warn(leftOut[^1]);
            }
        }

        return archives;
    }

    /// <summary>Those of a name, or that stand for it; the ones to be preferred first.</summary>
    public IEnumerable<ArchivePackage> Find(string name) =>
        byName.GetValueOrDefault(name, []).OrderByDescending(package => package.Info.Name == name).ThenBy(package => package.NotAutomatic)
            .ThenByDescending(package => package.Info.Version, DebianVersion.Order);

    private void Add(AptSource source, string architecture, ReleaseSignature signature, Download download, DateTimeOffset now, Action<string> warn)
    {
        var release = Verified(source, signature, download);
        if (release.Staleness(now) is { } stale)
        {
            throw new FerryException("its Release file is too old to be trusted", stale);
        }

        if (!source.IsFlat && !release.IsNamed(source.Suite.Split('/')[0]) && !release.IsNamed(source.Suite))
        {
            warn($"{source.Title}: its Release file is of another suite");
        }

        IEnumerable<string> indices = source.IsFlat ? ["Packages"] : source.Components.Select(component => $"{component}/binary-{architecture}/Packages");
        foreach (var index in indices)
        {
            Read(Index(source, release, index, download), source, architecture, release.NotAutomatic);
        }
    }

    private static ReleaseFile Verified(AptSource source, ReleaseSignature signature, Download download)
    {
        var text = download.Text(source.Folder + "InRelease") is { } both ? SignedText.Split(both)
            : download.Text(source.Folder + "Release") is { } release
                ? new SignedText(release, download.Text(source.Folder + "Release.gpg") ?? throw new FerryException("it is not signed", "there is neither InRelease nor Release.gpg"))
                : throw new FerryException("there is no such archive", $"neither InRelease nor Release at {source.Folder}");
        return signature.Objection(source, text) is { } objection ? throw new FerryException("its signature does not prove it", objection) : new ReleaseFile(text.Content);
    }

    private static byte[] Index(AptSource source, ReleaseFile release, string path, Download download)
    {
        var entry = ((string[])[".xz", ".gz", ""]).Select(ending => release.Find(path + ending)).FirstOrDefault(found => found is not null);
        if (entry is null)
        {
            return []; // A component that has nothing for this architecture.
        }

        var folder = entry.Path.Contains('/') ? entry.Path[..(entry.Path.LastIndexOf('/') + 1)] : "";
        string[] addresses = release.ByHash ? [$"{source.Folder}{folder}by-hash/SHA256/{entry.Sha256}", source.Folder + entry.Path] : [source.Folder + entry.Path];
        var file = download.File(addresses, entry.Sha256, entry.Size, null);
        return entry.Path.EndsWith(".xz", StringComparison.Ordinal) ? XzFile.Decompress(file, LargestIndex)
            : entry.Path.EndsWith(".gz", StringComparison.Ordinal) ? DebFile.Gunzip(file, LargestIndex) : file;
    }

    private void Read(byte[] index, AptSource source, string architecture, bool notAutomatic)
    {
        foreach (var fields in Deb822.Paragraphs(new MemoryStream(index)))
        {
            var info = PackageInfo.Of(fields);
            var path = fields.GetValueOrDefault("Filename", "");
            if ((info.Architecture == architecture || info.Architecture == "all") && fields.GetValueOrDefault("SHA256") is { Length: 64 } sha256 && sha256.All(char.IsAsciiHexDigit)
                && long.TryParse(fields.GetValueOrDefault("Size"), out var size) && path.Length > 0 && !path.Split('/').Contains(".."))
            {
                var package = new ArchivePackage(info, source.Address + path.TrimStart('.', '/'), sha256.ToLowerInvariant(), size, notAutomatic);
                foreach (var name in info.Names)
                {
                    (byName.TryGetValue(name, out var list) ? list : byName[name] = []).Add(package);
                }
            }
        }
    }
}
