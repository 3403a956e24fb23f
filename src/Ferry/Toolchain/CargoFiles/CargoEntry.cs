using System.Text;

namespace Ferry.Toolchain.CargoFiles;

/// <summary>One setting of cargo's configuration: a string, or a list of one string.</summary>
/// <param name="Table">The names of the tables that it lies in, such as target and the triple.</param>
/// <param name="Key">Its own name.</param>
/// <param name="Value">What it is set to.</param>
/// <param name="IsList">Whether it is a list: cargo splits a runner that is a string at its blanks.</param>
internal sealed record CargoEntry(IReadOnlyList<string> Table, string Key, string Value, bool IsList = false)
{
    public const string Environment = "env";

    /// <summary>What is set for processes that cargo starts, where the user's own word goes before Ferry's.</summary>
    public bool IsVariable => Table is [Environment];

    /// <summary>As people write it: <c>target.aarch64-unknown-linux-gnu.linker</c>.</summary>
    public string Name => string.Join('.', Table.Append(Key));

    public string Heading => $"[{string.Join('.', Table.Select(Bare))}]";

    public string Line => $"{Bare(Key)} = {(IsList ? $"[{Quoted(Value)}]" : Quoted(Value))}";

    /// <summary>Where <see cref="CargoFileReading"/> has it.</summary>
    public string Path => CargoFileReading.Join([.. Table, Key]) + (IsList ? CargoFileReading.Join(["", "0"]) : "");

    private static string Bare(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? name : Quoted(name);

    /// <summary>A basic string of TOML 1.0.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                < ' ' or '\x7f' => quoted.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
