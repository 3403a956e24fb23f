using Ferry.Elf;

namespace Ferry.Benchmarks.Programs;

/// <summary>A program as cargo built it before (0) and after (1) the edit.</summary>
/// <param name="Program">Which.</param>
/// <param name="Profile">debug or release.</param>
/// <param name="Built">Paths of what cargo linked.</param>
/// <param name="Sent">Paths of the same without debug information, names kept, as Ferry sends it.</param>
/// <param name="Package">The folder of its Cargo.toml.</param>
public sealed record Versions(RealProgram Program, string Profile, IReadOnlyList<string> Built, IReadOnlyList<string> Sent, string Package)
{
    public string What => $"{Program.Name}, {Profile}";

    /// <summary>The program's sources, for us alone.</summary>
    public static string PackageOf(Site site, RealProgram program)
    {
        var package = Path.Combine(site.Cache, "src", program.Name);
        if (!File.Exists(Path.Combine(package, "Cargo.toml")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(package)!);
            new Command("cp", "-r", Path.Combine(Site.Lab, program.Set, program.Name), package).Run();
        }

        return package;
    }

    /// <summary>Builds with Ferry what the cache does not hold yet.</summary>
    public static Versions Make(Site site, FerryHere ferry, RealProgram program, string profile)
    {
        var package = PackageOf(site, program);
        var folder = Directory.CreateDirectory(Path.Combine(site.Cache, "built", site.Target)).FullName;
        var stamp = Path.Combine(folder, $"{program.Binary}-{profile}.stamp");
        string[] built = [.. new[] { "before", "after" }.Select(when => Path.Combine(folder, $"{program.Binary}-{profile}-{when}"))];
        var wanted = $"{program}{string.Join(' ', [.. program.Features, .. program.Arguments])}{File.ReadAllText(Path.Combine(Site.Root, "device", "start.rs"))}";
        if (!File.Exists(stamp) || File.ReadAllText(stamp) != wanted)
        {
            Build(site, ferry, program, profile, package, built);
            File.WriteAllText(stamp, wanted);
        }

        return new(program, profile, built, [.. built.Select(file => file + "-sent")], package);
    }

    private static void Build(Site site, FerryHere ferry, RealProgram program, string profile, string package, string[] built)
    {
        Site.Say($"building {program.Name} ({profile}) twice; this is kept");
        var source = Path.Combine(package, program.Source);
        var before = File.ReadAllText(Path.Combine(Site.Lab, program.Set, program.Name, program.Source));
        var after = before.Replace(program.Before, $"{program.Statement}\n{program.Before}", StringComparison.Ordinal);
        if (after == before)
        {
            throw new BenchException($"{program.Source} of {program.Name} has no line '{program.Before}'");
        }

        foreach (var (text, file) in new[] { (before, built[0]), (after, built[1]) })
        {
            File.WriteAllText(source, text);
            var call = ferry.Call(site.Open, package, ["build", "--on", site.Board, .. profile == "release" ? (string[])["--release"] : [], .. program.Features]);
            (call with { Longest = TimeSpan.FromHours(1), Environment = new Dictionary<string, string?>(call.Environment) { ["CARGO_HOME"] = Path.Combine(Site.Lab, program.Set, "cargo-home") } }).Run();
            File.Copy(Path.Combine(site.Cache, "target", site.Target, profile, program.Binary), file, overwrite: true);
            File.WriteAllBytes(file + "-sent", ElfStrip.WithoutDebugInfo(File.ReadAllBytes(file)).ToArray());
            File.SetUnixFileMode(file + "-sent", File.GetUnixFileMode(file));
        }
    }
}
