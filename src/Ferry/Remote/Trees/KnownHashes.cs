using System.Security.Cryptography;
using System.Text;
using Ferry.Settings;

namespace Ferry.Remote.Trees;

/// <summary>The hashes of files whose size and time of change are as they were: only what has changed is read.</summary>
internal sealed class KnownHashes
{
    private const int Shape = 1;

    private readonly string place;
    private readonly Dictionary<string, (long Size, long Changed, string Sha256)> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Size, long Changed, string Sha256)> used = new(StringComparer.Ordinal);
    private bool isNew;

    public KnownHashes(string name)
    {
        place = Path.Combine(Folders.Cache, "trees", "files-" + NameHash.Of(name));
        Load();
    }

    public string Of(FileInfo file)
    {
        var changed = file.LastWriteTimeUtc.Ticks;
        if (!known.TryGetValue(file.FullName, out var facts) || facts.Size != file.Length || facts.Changed != changed)
        {
            isNew = true;
            facts = (file.Length, changed, Hash(file.FullName));
        }

        used[file.FullName] = facts;
        return facts.Sha256;
    }

    public void Keep()
    {
        if (!isNew && used.Count == known.Count)
        {
            return;
        }

        var bytes = new MemoryStream();
        using var fields = new BinaryWriter(bytes, Encoding.UTF8);
        fields.Write(Shape);
        fields.Write(used.Count);
        foreach (var (path, facts) in used)
        {
            fields.Write(path);
            fields.Write(facts.Size);
            fields.Write(facts.Changed);
            fields.Write(facts.Sha256);
        }

        fields.Flush();
        AtomicFile.Write(place, bytes.ToArray(), lasting: false);
    }

    private void Load()
    {
        try
        {
            using var fields = new BinaryReader(new MemoryStream(File.ReadAllBytes(place)), Encoding.UTF8);
            for (var left = fields.ReadInt32() == Shape ? fields.ReadInt32() : 0; left > 0; left--)
            {
                known[fields.ReadString()] = (fields.ReadInt64(), fields.ReadInt64(), fields.ReadString());
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            known.Clear();
        }
    }

    private static string Hash(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot read '{path}', which goes along to the device", e.Message, "leave it out of files in [package.metadata.ferry]");
        }
    }
}
