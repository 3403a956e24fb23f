using Ferry.Benchmarks.Programs;

namespace Ferry.Benchmarks.Rivals;

/// <summary>Ferry as cargo's runner: a program that cargo links again and again at the same place.</summary>
public sealed class FerryRival
{
    public const string Name = "Ferry";

    private readonly Site site;
    private readonly Versions versions;
    private readonly Command run;
    private readonly string program;
    private readonly Dictionary<int, string> stored = [];

    public FerryRival(Site site, FerryHere ferry, Versions versions)
    {
        this.site = site;
        this.versions = versions;
        program = Path.Combine(Directory.CreateDirectory(Path.Combine(site.Work, "linked", versions.Profile)).FullName, versions.Program.Binary);
        // What another part has left there would not be sent; and the board's memory is small.
        site.Open.Ssh($"rm -rf {Site.There}/ferry/store/*").Run();
        run = ferry.Run(site.Shaped, versions.Package, program, versions.Program.Arguments);
    }

    /// <summary>What cargo does last: the new program lies where the old one lay.</summary>
    public void Link(int version)
    {
        File.Copy(versions.Built[version], program + ".new", overwrite: true);
        File.Move(program + ".new", program, overwrite: true);
        if (stored.Remove(version, out var hash))
        {
            // An edit makes a program that the board has never seen.
            site.Open.Ssh($"rm -rf {Site.There}/ferry/store/{hash}").Run();
        }
    }

    public Timed Run(int version)
    {
        var before = Stored();
        var timed = run.Measure();
        stored[version] = Stored().Except(before).FirstOrDefault() ?? throw new BenchException($"{versions.What}: Ferry has stored nothing new on the board");
        return timed;
    }

    private HashSet<string> Stored() =>
        [.. site.Open.Ssh($"ls {Site.There}/ferry/store 2>/dev/null || true").Run().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
