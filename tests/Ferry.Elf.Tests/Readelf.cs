using System.Text;
using Ferry.Lab;

namespace Ferry.Elf.Tests;

/// <summary>Runs binutils' readelf: what it says of many files in one go.</summary>
internal static class Readelf
{
    private const int FilesPerRun = 60;

    public static bool IsThere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "readelf")));

    /// <summary>For each file its path and readelf's lines.</summary>
    public static IEnumerable<(string Path, List<string> Lines)> Describe(IEnumerable<string> files)
    {
        Assert.SkipUnless(IsThere, "no readelf on the PATH (package binutils)");
        return files.Chunk(FilesPerRun).SelectMany(DescribeFew);
    }

    /// <summary>readelf's complaints about a file under all its options; empty if it has none.</summary>
    public static string Complaints(string file)
    {
        Assert.SkipUnless(IsThere, "no readelf on the PATH (package binutils)");
        // -aW also decodes what a section's name promises; DWARF is no matter of ours.
        return Run.Process("readelf", ["-aW", file]).ShouldExitWith(0).Errors;
    }

    private static List<(string Path, List<string> Lines)> DescribeFew(string[] files)
    {
        // Two files at least: with only one readelf does not say which it is.
        var run = Run.Process("readelf", ["-W", "-h", "-l", "-S", "-d", "-V", "--dyn-syms", "-n", "-A", .. files, files[0]]).ShouldExitWith(0);
        var all = new List<(string, List<string>)>();
        List<string> lines = [];
        foreach (var line in Encoding.UTF8.GetString(run.OutputBytes).Split('\n'))
        {
            if (line.StartsWith("File: /", StringComparison.Ordinal))
            {
                lines = [];
                all.Add((line["File: ".Length..], lines));
            }

            lines.Add(line);
        }

        all.Count.ShouldBe(files.Length + 1);
        return all[..^1];
    }
}
