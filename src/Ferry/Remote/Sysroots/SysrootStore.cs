using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ferry.Devices;
using Ferry.Settings;

namespace Ferry.Remote.Sysroots;

/// <summary>The sysroots on this PC, a folder each, named by what is in them. Devices with the same libraries share one.</summary>
internal sealed class SysrootStore(string folder)
{
    private const string DescriptionName = "sysroot.json";
    private const string Unfinished = ".new-";

    public static SysrootStore InCache { get; } = new(Path.Combine(Folders.Cache, "sysroots"));

    public string FolderOf(string id) => Path.Combine(folder, id);

    /// <summary>A whole sysroot, or null: one that was cut short or damaged is as good as none.</summary>
    public Sysroot? Find(string id)
    {
        var found = Read(FolderOf(id));
        return found is not null && found.Id == id && found.Description.Files.All(file => IsWhole(found, file)) ? found : null;
    }

    /// <summary>Every sysroot that has a description; its files may be damaged.</summary>
    public IReadOnlyList<Sysroot> All() =>
        Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder).Select(Read).OfType<Sysroot>()] : [];

    /// <summary>Content that is in one of these sysroots, by what a device says of its file; null when none fits.</summary>
    public static byte[]? FindContent(IReadOnlyList<Sysroot> sysroots, WantedFile wanted) =>
        wanted.Sha256 is null && wanted.Cksum is null ? null
        : sysroots.SelectMany(sysroot => sysroot.Description.Files.Where(file => Matches(file, wanted)).Select(file => ReadContent(sysroot, file)))
            .FirstOrDefault(bytes => bytes is not null && SysrootContent.Fits(wanted, bytes));

    /// <summary>Makes the sysroot of these contents, or finds that it is there. Written beside, then renamed; sysroot.json comes last.</summary>
    public Sysroot Add(SysrootDraft draft)
    {
        var description = draft.Describe();
        if (Find(description.Id) is { } there)
        {
            Directory.SetLastWriteTimeUtc(there.Folder, DateTime.UtcNow); // used now: it stays
            return there;
        }

        Directory.CreateDirectory(folder);
        RemoveOldUnfinished();
        var beside = Path.Combine(folder, Unfinished + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.CreateDirectory(beside);
            foreach (var (file, bytes) in draft.Files)
            {
                SysrootWriter.Write(beside, file.Paths, bytes);
            }

            File.WriteAllBytes(Path.Combine(beside, DescriptionName), JsonSerializer.SerializeToUtf8Bytes(description, SysrootJson.Default.SysrootDescription));
            return PutInPlace(beside, description);
        }
        finally
        {
            if (Directory.Exists(beside))
            {
                Directory.Delete(beside, recursive: true);
            }
        }
    }

    /// <summary>The name for a sysroot of these files: a hash of the paths, their contents, and the facts that go with them.</summary>
    public static string IdOf(string? interpreter, IEnumerable<string> folders, IEnumerable<(IReadOnlyList<string> Paths, string Sha256)> files)
    {
        var text = new StringBuilder().Append(SysrootDescription.CurrentSchema).Append('\n').Append(interpreter).Append('\n').AppendJoin(' ', folders).Append('\n');
        foreach (var (paths, sha256) in files.OrderBy(file => file.Paths[0], StringComparer.Ordinal))
        {
            text.Append(sha256).Append(' ').AppendJoin(' ', paths).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private Sysroot PutInPlace(string beside, SysrootDescription description)
    {
        var place = FolderOf(description.Id);
        if (Find(description.Id) is { } there)
        {
            return there;
        }

        if (Directory.Exists(place))
        {
            // Cut short or damaged: Find would have taken it. Moved away first, so that nobody sees it half deleted.
            Directory.Move(place, beside + "-old");
            Directory.Delete(beside + "-old", recursive: true);
        }

        try
        {
            Directory.Move(beside, place);
        }
        catch (IOException) when (Find(description.Id) is not null)
        {
            // Another ferry was quicker, and made the same.
        }

        return new Sysroot(place, description);
    }

    private void RemoveOldUnfinished()
    {
        foreach (var left in Directory.EnumerateDirectories(folder, Unfinished + "*"))
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(left) > TimeSpan.FromDays(1))
            {
                Directory.Delete(left, recursive: true);
            }
        }
    }

    private static Sysroot? Read(string place)
    {
        try
        {
            var json = File.ReadAllBytes(Path.Combine(place, DescriptionName));
            var description = JsonSerializer.Deserialize(json, SysrootJson.Default.SysrootDescription);
            return description?.Schema == SysrootDescription.CurrentSchema && description.Files.All(IsSound) ? new Sysroot(place, description) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static bool IsSound(SysrootFile file) => file.Paths.Count > 0 && file.Paths.All(DevicePath.IsPlain);

    // Length follows no link, so it is asked of the content; of the other paths only that they lead somewhere.
    private static bool IsWhole(Sysroot sysroot, SysrootFile file) =>
        new FileInfo(sysroot.PathOf(file.Paths[0])) is { Exists: true } content && content.Length == file.Size
        && file.Paths.Skip(1).All(path => File.Exists(sysroot.PathOf(path)));

    private static bool Matches(SysrootFile file, WantedFile wanted) =>
        (wanted.Size is null || wanted.Size == file.Size)
        && (wanted.Sha256 is { } sha256 ? sha256 == file.Sha256 : wanted.Cksum == file.Cksum && wanted.Size is not null);

    private static byte[]? ReadContent(Sysroot sysroot, SysrootFile file)
    {
        try
        {
            return File.ReadAllBytes(sysroot.PathOf(file.Paths[0]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
