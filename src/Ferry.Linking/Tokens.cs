namespace Ferry.Linking;

/// <summary>
/// Unfolds a gcc-style line: response files (<c>@file</c>), <c>-Wl,a,b</c> and <c>-Xlinker a</c>. GCC manual, "Overall
/// Options" and "Options for Linking".
/// </summary>
public static class Tokens
{
    private const int DeepestNesting = 8;

    /// <summary>The words of a line in their order.</summary>
    /// <param name="arguments">The line, without the program's name.</param>
    /// <param name="readResponseFile">Hands in the text of a response file, or null where there is none of that name.</param>
    /// <exception cref="LinkerLineException">A response file is missing or names itself; <c>-Xlinker</c> ends the line.</exception>
    public static IReadOnlyList<LinkerToken> Of(IEnumerable<string> arguments, Func<string, string?> readResponseFile)
    {
        var tokens = new List<LinkerToken>();
        var words = Expand(arguments, readResponseFile, depth: 0).ToList();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "-Xlinker")
            {
                i++;
                var handedOn = i < words.Count ? words[i] : throw new LinkerLineException(word, "the linker line ends with '-Xlinker', which wants a word after it");
                tokens.Add(new(handedOn, ForLinker: true, "-Xlinker " + handedOn));
            }
            else if (word.StartsWith("-Wl,", StringComparison.Ordinal))
            {
                tokens.AddRange(word.Split(',').Skip(1).Select(part => new LinkerToken(part, ForLinker: true, word)));
            }
            else
            {
                tokens.Add(new(word, ForLinker: false, word));
            }
        }

        return tokens;
    }

    private static IEnumerable<string> Expand(IEnumerable<string> arguments, Func<string, string?> readResponseFile, int depth)
    {
        foreach (var argument in arguments)
        {
            if (argument.Length < 2 || argument[0] != '@')
            {
                yield return argument;
                continue;
            }

            if (depth == DeepestNesting)
            {
                throw new LinkerLineException(argument, $"response file '{argument[1..]}' is named {DeepestNesting} response files deep");
            }

            var text = readResponseFile(argument[1..])
                ?? throw new LinkerLineException(argument, $"response file '{argument[1..]}' of the linker line cannot be read");
            foreach (var word in Expand(ResponseFile.Parse(text), readResponseFile, depth + 1))
            {
                yield return word;
            }
        }
    }
}
