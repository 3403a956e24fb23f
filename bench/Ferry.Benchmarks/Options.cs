using System.Globalization;

namespace Ferry.Benchmarks;

/// <summary>What was typed, and ROUNDS and CALLS of the environment.</summary>
public sealed record Options(IReadOnlyList<string> Parts, string Board, string Output, bool Resume, int Rounds, int Calls)
{
    public static Options Parse(string[] words, IReadOnlyList<string> known)
    {
        var (parts, board, output, resume) = (new List<string>(), "pi4", "", false);
        for (var i = 0; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "--board" when i + 1 < words.Length && words[i + 1] is "pi4" or "pi2":
                    board = words[++i];
                    break;
                case "--output" when i + 1 < words.Length:
                    output = Path.GetFullPath(words[++i], Environment.GetEnvironmentVariable("FERRY_BENCH_FROM") ?? Environment.CurrentDirectory);
                    break;
                case "--resume":
                    resume = true;
                    break;
                case var part when known.Contains(part):
                    parts.Add(part);
                    break;
                case var other:
                    throw new BenchException($"'{other}' is not understood; usage: bench/loop [--board pi4|pi2] [--output FOLDER] [--resume] [PART...]; parts: {string.Join(", ", known)}");
            }
        }

        return new(parts is [] ? known : parts, board, output, resume, Number("ROUNDS", 5), Number("CALLS", 500));
    }

    private static int Number(string name, int usual) =>
        Environment.GetEnvironmentVariable(name) is not { Length: > 0 } text ? usual
        : int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new BenchException($"{name} is '{text}', and has to be a number above zero");
}
