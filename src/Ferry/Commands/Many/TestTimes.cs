using System.Globalization;
using System.Text;
using Ferry.Settings;

namespace Ferry.Commands.Many;

/// <summary>How long each test program of a folder took the last time, so that the longest can go first. A line each: milliseconds, a blank, its key.</summary>
internal sealed class TestTimes
{
    private readonly string file;
    private readonly Dictionary<string, TimeSpan> times = [];

    public TestTimes(string folder, string target)
    {
        file = Path.Combine(Folders.Cache, "times", NameHash.Of($"{folder}\n{target}"));
        foreach (var parts in (File.Exists(file) ? File.ReadAllLines(file) : []).Select(line => line.Split(' ', 2)))
        {
            if (parts.Length == 2 && double.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
            {
                times[parts[1]] = TimeSpan.FromMilliseconds(milliseconds);
            }
        }
    }

    public TimeSpan? Of(TestProgram program) => times.TryGetValue(program.Key, out var time) ? time : null;

    public void Keep(IReadOnlyDictionary<string, TimeSpan> measured)
    {
        foreach (var (key, time) in measured)
        {
            times[key] = time;
        }

        var text = string.Concat(times.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{(long)pair.Value.TotalMilliseconds} {pair.Key}\n")));
        AtomicFile.Write(file, Encoding.UTF8.GetBytes(text), lasting: false);
    }
}
