using Ferry.Processes;

namespace Ferry.Doors;

/// <summary>Tells a benchmark that cargo bench runs from every other program, whoever called cargo.</summary>
internal static class Benchmark
{
    private const int HashDigits = 16;

    /// <summary>
    /// cargo bench puts <c>--bench</c> behind the user's own arguments, and what it runs lies in <c>deps</c>, unlike what cargo run runs. One that only
    /// lists what it has measures nothing.
    /// </summary>
    public static bool IsOne(byte[][] words)
    {
        if (words.Length < 2 || !words[^1].AsSpan().SequenceEqual("--bench"u8) || Path.GetFileName(Path.GetDirectoryName(RawArguments.Text(words[0]))) != "deps")
        {
            return false;
        }

        foreach (var word in words)
        {
            if (word.AsSpan().SequenceEqual("--list"u8) || word.AsSpan().SequenceEqual("--help"u8))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The name that Cargo.toml gives it: parser-0123456789abcdef is parser.</summary>
    public static string Title(string file)
    {
        var dash = file.Length - HashDigits - 1;
        return dash > 0 && file[dash] == '-' && file[(dash + 1)..].All(char.IsAsciiHexDigitLower) ? file[..dash] : file;
    }
}
