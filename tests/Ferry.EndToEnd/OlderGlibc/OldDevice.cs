using Ferry.Lab;

namespace Ferry.EndToEnd.OlderGlibc;

/// <summary>
/// A Ferry whose emulator has glibc 2.31, with a cargo project; and, on demand, a newer device as a file.
/// </summary>
public sealed class OldDevice : IDisposable
{
    public OldDevice()
    {
        var libraries = Path.Combine(Repository.Cache, "old-glibc", "arm64", "lib", "aarch64-linux-gnu");
        Assert.SkipUnless(Directory.Exists(libraries), $"no {libraries}; ./test makes it");
        var folder = Directory.CreateDirectory(Path.Combine(Ferry.Home, "libs", "usr", "aarch64-linux-gnu")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "lib"), libraries);
        Project = new CargoProject(Ferry.Home, "old").With("src/main.rs", File.ReadAllText(Repository.PathOf("tests", "Ferry.EndToEnd", "OlderGlibc", "case", "main.rs")));
        NewDevice = Path.Combine(Ferry.Home, "new.ferry");
        Ferry.Run("sysroot", "export", NewDevice, "--on", "emulator").ShouldExitWith(0);
        Ferry.Run("sysroot", "import", NewDevice, "--as", "new").ShouldExitWith(0);
        Ferry.Environment["FERRY_EMULATOR_LIBS"] = Path.Combine(Ferry.Home, "libs");
    }

    public FerryTool Ferry { get; } = new();

    public CargoProject Project { get; }

    /// <summary>An export of the emulator with this PC's own cross libraries, of glibc 2.36; imported as <c>new</c>.</summary>
    public string NewDevice { get; }

    public RunResult Run(params string[] arguments) => Ferry.RunIn(Project.Folder, arguments);

    public void Dispose() => Ferry.Dispose();
}
