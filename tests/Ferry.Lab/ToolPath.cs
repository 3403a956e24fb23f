namespace Ferry.Lab;

/// <summary>PATH for tests: the lab's Rust toolchain and a folder with links to the few tools of the system that a test may use.</summary>
public static class ToolPath
{
    private static readonly string[] Tools =
    [
        "ssh", "ssh-keygen", "sh", "bash", "dash", "busybox", "env", "cat", "head", "tail", "ls", "mkdir", "rm", "cp", "mv", "ln", "sleep", "true", "false", "touch", "chmod",
        "qemu-aarch64", "qemu-arm", "readelf", "git", "script", "stty", "timeout", "kill", "ps", "grep", "sed", "awk", "tr", "wc", "sort", "gdb-multiarch", "uname", "id", "dirname", "basename", "readlink", "od", "sha256sum", "tmux", "zstd",
    ];

    private static readonly Lazy<string> Links = new(Make);

    /// <summary>Where the lab's cargo and rustc are.</summary>
    public static string Toolchain { get; } = Path.Combine(Repository.Cache, "toolchain");

    public static string WithoutCompiler => $"{Path.Combine(Toolchain, "bin")}:{Links.Value}";

    /// <summary>The folder of links alone: no Rust on it either.</summary>
    public static string WithoutRust => Links.Value;

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("ferry-tools-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var places = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        foreach (var tool in Tools)
        {
            if (places.Select(place => Path.Combine(place, tool)).FirstOrDefault(File.Exists) is { } found)
            {
                File.CreateSymbolicLink(Path.Combine(folder, tool), found);
            }
        }

        return folder;
    }
}
