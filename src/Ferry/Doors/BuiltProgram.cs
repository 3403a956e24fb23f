namespace Ferry.Doors;

/// <summary>What the path of a program that cargo built says: <c>TARGET-DIR/TRIPLE/PROFILE/deps/NAME-HASH</c>.</summary>
internal sealed class BuiltProgram
{
    private const int HashLength = 16;

    public BuiltProgram(string program)
    {
        var name = Path.GetFileNameWithoutExtension(program);
        var folder = Path.GetDirectoryName(program)!;
        var isHashed = name.Length > HashLength + 1 && name[^(HashLength + 1)] == '-' && name[^HashLength..].All(char.IsAsciiHexDigitLower);
        Name = isHashed ? name[..^(HashLength + 1)] : name;
        IsTest = isHashed;
        Folder = Path.GetFileName(folder) is "deps" or "examples" ? Path.GetDirectoryName(folder)! : folder;
        var above = Path.GetDirectoryName(Folder) ?? Folder;
        Target = Path.GetFileName(above).Contains('-') ? Path.GetDirectoryName(above)! : above;
    }

    /// <summary>The target's name, as cargo calls it.</summary>
    public string Name { get; }

    /// <summary>Tests and benchmarks have a hash in their names; what <c>cargo run</c> starts has none.</summary>
    public bool IsTest { get; }

    /// <summary>The profile's folder, where the package's programs lie.</summary>
    public string Folder { get; }

    /// <summary>cargo's folder for all output, as far as the path tells.</summary>
    public string Target { get; }
}
