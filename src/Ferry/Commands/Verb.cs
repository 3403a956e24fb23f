using System.CommandLine;

namespace Ferry.Commands;

/// <summary>A command with the examples that its help begins with.</summary>
internal sealed class Verb(string name, string description, params string[] examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;

    /// <summary>What follows the options in the usage line, for verbs that hand words on to cargo and to the program.</summary>
    public string? Tail { get; init; }
}
