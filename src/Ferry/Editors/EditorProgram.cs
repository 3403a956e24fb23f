namespace Ferry.Editors;

/// <summary>A program that cargo builds.</summary>
/// <param name="Name">cargo's name of it.</param>
/// <param name="Words">What cargo must be told to find it besides; nothing where there is only one package.</param>
internal sealed record EditorProgram(string Name, IReadOnlyList<string> Words);
