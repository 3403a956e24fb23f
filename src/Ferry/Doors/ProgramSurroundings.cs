using System.Runtime.Versioning;
using Ferry.Processes;
using Ferry.Remote.Agent;
using Ferry.Remote.Packing;
using Ferry.Settings;

namespace Ferry.Doors;

/// <summary>What a program meets when it starts: arguments, variables, folder, terminal.</summary>
internal static class ProgramSurroundings
{
    /// <summary>cargo names the folders of the libraries that a program may need in the variable that this PC's own loader uses.</summary>
    public static string LibraryVariable =>
        OperatingSystem.IsWindows() ? "PATH" : OperatingSystem.IsMacOS() ? "DYLD_FALLBACK_LIBRARY_PATH" : "LD_LIBRARY_PATH";

    public static IReadOnlyList<string> LibraryFolders() =>
        (Environment.GetEnvironmentVariable(LibraryVariable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);

    public static RunRequest Request(PackedProgram packed, byte[][] arguments, RunOptions options, ProgramTree? tree)
    {
        var terminal = RawTerminal.ForProgram();
        return new RunRequest
        {
            Files = [.. packed.Files.Select(file => FileOf(file, isLibrary: file != packed.Program)), .. tree?.Libraries(packed) ?? []],
            Arguments = [RawArguments.Bytes(packed.Program.Name), .. arguments],
            Environment = [.. tree?.Variables ?? [], .. Variables(options).Concat(terminal is null ? [] : Named("TERM", "COLORTERM"))],
            Folder = options.Folder ?? tree?.Folder ?? "",
            Tree = tree?.Tree,
            Terminal = terminal,
            StderrApart = RawTerminal.StderrIsApart(),
        };
    }

    /// <summary>A packed file as it is sent.</summary>
    public static ProgramFile FileOf(PackedFile file, bool isLibrary) => new(file.Name, file.Sha256, file.Size, () => file.Content(), isLibrary, new SentVersions(file.Source));

    /// <summary>For the emulator, whose programs would otherwise see all of the PC's variables.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void BecomeLikeADevice(PackedProgram packed, RunOptions options)
    {
        var libraries = string.Join(':', packed.Libraries.Select(file => Path.GetDirectoryName(file.Source)).Distinct());
        byte[][] kept = [.. Named("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "TERM", "COLORTERM", "TZ"), .. CargoVariables.Kept(), .. Variables(options)];
        NativeEnvironment.Become(libraries.Length > 0 ? [.. kept, RawArguments.Bytes("LD_LIBRARY_PATH=" + libraries)] : kept);
        if (options.Folder is not null)
        {
            EnterFolder(options.Folder);
        }
    }

    // Loops, since LINQ over structs (pairs) is compiled at each start; no release of .NET holds it.
    private static List<byte[]> Variables(RunOptions options)
    {
        var variables = new List<byte[]>();
        foreach (var variable in NativeEnvironment.All())
        {
            // cargo-nextest tells a test what runs it.
            if ((variable.AsSpan().StartsWith("RUST_"u8) && !variable.AsSpan().StartsWith("RUST_RECURSION_COUNT="u8)) || variable.AsSpan().StartsWith("NEXTEST"u8))
            {
                variables.Add(variable);
            }
        }

        foreach (var (name, value) in options.Environment)
        {
            variables.Add(RawArguments.Bytes($"{name}={value}"));
        }

        return variables;
    }

    private static IEnumerable<byte[]> Named(params string[] names)
    {
        foreach (var name in names)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                yield return RawArguments.Bytes($"{name}={value}");
            }
        }
    }

    private static void EnterFolder(string folder)
    {
        try
        {
            Environment.CurrentDirectory = folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot enter the folder '{folder}'", e.Message);
        }
    }
}
