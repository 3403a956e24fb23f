namespace Ferry.EndToEnd;

/// <summary>A small cargo project in a folder of its own, as a user would have it; and that folder's state, to see that nobody touched it.</summary>
public sealed class CargoProject
{
    public CargoProject(string folder, string name, string manifest = "")
    {
        Folder = Path.Combine(folder, name);
        Write("Cargo.toml", $"[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2021\"\n{manifest}\n[workspace]\n");
    }

    public string Folder { get; }

    /// <summary>A project whose program prints its own name.</summary>
    public static CargoProject WithProgram(string folder, string name, string manifest = "") =>
        new CargoProject(folder, name, manifest).With("src/main.rs", $$"""fn main() { println!("{{name}} runs"); }""");

    public CargoProject With(string path, string text)
    {
        Write(path, text);
        return this;
    }

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Every file but those that cargo itself makes, with its content.</summary>
    public string State() => StateOf(Folder);

    public static string StateOf(string folder) => string.Concat(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/target/", StringComparison.Ordinal) && Path.GetFileName(file) is not ("Cargo.lock" or ".global-cache") && !Path.GetFileName(file).StartsWith(".package-cache", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => $"== {Path.GetRelativePath(folder, file)}\n{File.ReadAllText(file)}\n"));

    private void Write(string path, string text)
    {
        var file = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
