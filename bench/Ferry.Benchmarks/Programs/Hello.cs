namespace Ferry.Benchmarks.Programs;

/// <summary>samples/hello: a program so small that what is measured is the way.</summary>
public static class Hello
{
    public static string Package(Site site)
    {
        var package = Path.Combine(site.Cache, "src", "hello");
        if (!File.Exists(Path.Combine(package, "Cargo.toml")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(package)!);
            new Command("cp", "-r", Path.Combine(Site.Root, "samples", "hello"), package).Run();
        }

        return package;
    }

    /// <summary>The path of the program for the board.</summary>
    public static string Build(Site site, FerryHere ferry)
    {
        ferry.Call(site.Open, Package(site), "build", "--on", site.Board, "--release").Run();
        return Path.Combine(site.Cache, "target", site.Target, "release", "hello");
    }

    /// <summary>The path of its test program for the board.</summary>
    public static string BuildTest(Site site, FerryHere ferry)
    {
        var given = ferry.GivenToCargo(site.Open, Package(site), "test", "--on", site.Board, "--no-run");
        var variables = ferry.Surroundings(site.Open);
        foreach (var (name, value) in given.Where(pair => pair.Key.StartsWith("CARGO_TARGET_", StringComparison.Ordinal)))
        {
            variables[name] = value;
        }

        var cargo = new Command("cargo", "test", "--no-run", "--target", site.Target, "--message-format", "short") { Folder = Package(site), Environment = variables };
        var said = cargo.Run().Errors;
        var path = said.Split("Executable").Last().Split('(', ')')[1];
        return Path.Combine(Package(site), path);
    }
}
