using System.Globalization;
using System.Text;

namespace Ferry.Settings;

/// <summary>
/// What <c>ferry run</c> tells the runner, which cargo starts later: in one variable of cargo's environment, since that reaches it
/// unharmed and shows neither in argv nor in a file. Words with their length in front (<c>3:pi4</c>) and not JSON, whose reader takes
/// longer to start than the rest of the runner.
/// </summary>
internal sealed record RunOptions
{
    public const string Variable = "FERRY_RUN";

    /// <summary>How many words stand before those of the program's variables.</summary>
    private const int Fixed = 8;

    /// <summary>The device's name, or emulator[:CPU].</summary>
    public required string Device { get; init; }

    /// <summary>What <c>--env</c> and Cargo.toml's metadata set for the program.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The program's working folder on the device; null for the home folder.</summary>
    public string? Folder { get; init; }

    /// <summary>What the program was built for, where it is known: not every program for a device is of the device's own target.</summary>
    public string? Target { get; init; }

    /// <summary>When a program is killed that still runs; null for never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether a benchmark is measured though other programs run on the device.</summary>
    public bool Beside { get; init; }

    /// <summary>Whether the agent leaves the program alone, and nothing is known of what kills it.</summary>
    public bool Untraced { get; init; }

    public bool Verbose { get; init; }

    public bool Quiet { get; init; }

    private string Milliseconds => Timeout is { } limit ? ((long)limit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) : "";

    public string ToText()
    {
        var text = new StringBuilder();
        foreach (var word in (string[])[Device, Folder ?? "", Target ?? "", Verbose ? "v" : "", Quiet ? "q" : "", Milliseconds, Beside ? "b" : "", Untraced ? "u" : ""])
        {
            Add(text, word);
        }

        foreach (var (name, value) in Environment)
        {
            Add(text, name);
            Add(text, value);
        }

        return text.ToString();
    }

    public static RunOptions? FromEnvironment()
    {
        var text = System.Environment.GetEnvironmentVariable(Variable);
        return string.IsNullOrEmpty(text) ? null : Parse(text)
            ?? throw new FerryException($"cannot understand the variable {Variable}", text, $"unset it: ferry run sets {Variable} itself");
    }

    private static bool IsNumberOrEmpty(string word) => word.Length is >= 0 and < 12 && word.All(char.IsAsciiDigit);

    private static void Add(StringBuilder text, string word) => text.Append(CultureInfo.InvariantCulture, $"{word.Length}:{word}");

    internal static RunOptions? Parse(string text)
    {
        var words = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var colon = text.IndexOf(':', at);
            if (colon < 0 || !int.TryParse(text.AsSpan(at, colon - at), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > text.Length - colon - 1)
            {
                return null;
            }

            words.Add(text.Substring(colon + 1, length));
            at = colon + 1 + length;
        }

        if (words.Count < Fixed || (words.Count - Fixed) % 2 != 0 || words[0].Length == 0 || !IsNumberOrEmpty(words[5]))
        {
            return null;
        }

        var variables = new Dictionary<string, string>();
        for (var i = Fixed; i < words.Count; i += 2)
        {
            variables[words[i]] = words[i + 1];
        }

        return new()
        {
            Device = words[0],
            Folder = words[1].Length > 0 ? words[1] : null,
            Target = words[2].Length > 0 ? words[2] : null,
            Verbose = words[3].Length > 0,
            Quiet = words[4].Length > 0,
            Timeout = words[5].Length > 0 ? TimeSpan.FromMilliseconds(long.Parse(words[5], CultureInfo.InvariantCulture)) : null,
            Beside = words[6].Length > 0,
            Untraced = words[7].Length > 0,
            Environment = variables,
        };
    }
}
