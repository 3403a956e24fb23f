using System.Text;
using Ferry.Processes;
using Ferry.Remote.Emulator;
using Ferry.Settings;

namespace Ferry.Commands;

/// <summary>
/// What <c>ferry run</c> did last time, as the cargo line and variables that came of it. Where the same words are typed in the same folder with the same
/// environment, and no file that decides has changed (<see cref="PlanStamps"/>), the plan would be the same: then it is taken, before the command line, JSON and
/// the devices are even loaded.
/// </summary>
internal static class RememberedPlan
{
    /// <summary>Goes up with every change of the fields, and of what a plan depends on.</summary>
    private const int Shape = 1;

    private const int KeptAtMost = 64;

    /// <summary>What changes from shell to shell and says nothing.</summary>
    private static readonly string[] Idle = ["_=", "SHLVL=", "OLDPWD="];

    /// <summary>Becomes cargo and does not return, or does nothing.</summary>
    public static void Take(byte[][] typed)
    {
        if (OperatingSystem.IsWindows() || typed is not [var verb, ..] || !verb.AsSpan().SequenceEqual("run"u8) || Read(FileOfThis()) is not { } plan)
        {
            return;
        }

        foreach (var (name, value) in plan.Variables)
        {
            NativeEnvironment.Set(name, value);
        }

        Exec.Replace(plan.Cargo, plan.Words);
    }

    /// <summary>Keeps a plan for next time where it can be known when it no longer holds.</summary>
    /// <param name="file">From <see cref="FileOfThis"/>, before any variable was set.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="linkFolder">Where the program's link lies.</param>
    /// <param name="variables">What cargo's environment gets.</param>
    public static void Keep(string file, CargoPlan plan, string linkFolder, IReadOnlyDictionary<string, string?> variables)
    {
        if (OperatingSystem.IsWindows() || !CanBeKept(plan))
        {
            return;
        }

        var bytes = new MemoryStream();
        using var fields = new BinaryWriter(bytes, Encoding.UTF8);
        fields.Write(Shape);
        WritePairs(fields, [.. PlanStamps.Files(plan, linkFolder).Distinct().Select(file => (file, PlanStamps.Of(file)))]);
        WritePairs(fields, [.. variables.Select(variable => (variable.Key, variable.Value!))]);
        fields.Write(plan.Rust.Cargo);
        var words = plan.CargoWords();
        fields.Write(words.Count);
        words.ForEach(word =>
        {
            fields.Write(word.Length);
            fields.Write(word);
        });
        fields.Flush();
        MakeRoom(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, bytes.ToArray(), lasting: false);
    }

    /// <summary>Not what says something each time, nor where cargo must be asked what Cargo.toml says: that may stand in files that nobody here knows.</summary>
    private static bool CanBeKept(CargoPlan plan) =>
        plan.Line.Verb == "run" && !EmulatorDevice.IsName(plan.Device.Value.Name) && !Terminal.Status.Verbose && ManifestGlance.IsAllAbove(plan.Line, Environment.CurrentDirectory);

    private static (List<(string Name, string Value)> Variables, string Cargo, List<byte[]> Words)? Read(string path)
    {
        try
        {
            using var fields = new BinaryReader(new MemoryStream(File.ReadAllBytes(path)), Encoding.UTF8);
            if (fields.ReadInt32() != Shape || ReadPairs(fields).Exists(stamp => PlanStamps.Of(stamp.First) != stamp.Second))
            {
                return null;
            }

            var (variables, cargo, words) = (ReadPairs(fields), fields.ReadString(), new List<byte[]>());
            for (var left = fields.ReadInt32(); left > 0; left--)
            {
                words.Add(fields.ReadBytes(fields.ReadInt32()));
            }

            return (variables, cargo, words);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return null; // there is none, or it was cut short
        }
    }

    private static void WritePairs(BinaryWriter fields, IReadOnlyList<(string First, string Second)> pairs)
    {
        fields.Write(pairs.Count);
        foreach (var (first, second) in pairs)
        {
            fields.Write(first);
            fields.Write(second);
        }
    }

    private static List<(string First, string Second)> ReadPairs(BinaryReader fields)
    {
        var pairs = new List<(string, string)>();
        for (var left = fields.ReadInt32(); left > 0; left--)
        {
            pairs.Add((fields.ReadString(), fields.ReadString()));
        }

        return pairs;
    }

    /// <summary>Named by what was typed, where, and with which environment.</summary>
    public static string FileOfThis()
    {
        var variables = NativeEnvironment.All().Select(RawArguments.Text).Where(variable => !Array.Exists(Idle, idle => variable.StartsWith(idle, StringComparison.Ordinal))).Order(StringComparer.Ordinal);
        var key = string.Join('\0', [Environment.CurrentDirectory, .. RawArguments.All().Skip(1).Select(Convert.ToHexString), .. variables]);
        return Path.Combine(Folders.Cache, "plans", NameHash.Of(key));
    }

    private static void MakeRoom(string folder)
    {
        if (Directory.Exists(folder) && Directory.GetFiles(folder) is { Length: >= KeptAtMost } files)
        {
            foreach (var file in files.OrderBy(File.GetLastWriteTimeUtc).Take(files.Length - KeptAtMost / 2))
            {
                File.Delete(file);
            }
        }
    }
}
