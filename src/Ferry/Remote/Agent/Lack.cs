namespace Ferry.Remote.Agent;

/// <summary>A file that the device lacks, and how many of its first bytes are there from a try that was interrupted.</summary>
internal readonly record struct Lack(ProgramFile File, long There)
{
    private const uint HashLength = 32;

    /// <summary>What a Missing frame says of the files that it was asked for.</summary>
    public static List<Lack> Read(Frame missing, IReadOnlyList<ProgramFile> files)
    {
        var lacking = new List<Lack>();
        for (var fields = missing.Fields(); fields.Rest.Length > 0;)
        {
            var (hash, there) = (fields.Take(HashLength).ToArray(), fields.U64());
            var named = files.Where(file => file.Hash.SequenceEqual(hash) && !lacking.Exists(lack => lack.File == file));
            lacking.AddRange(named.Select(file => new Lack(file, there <= (ulong)file.Size ? (long)there : 0)).ToList());
        }

        return lacking;
    }
}
