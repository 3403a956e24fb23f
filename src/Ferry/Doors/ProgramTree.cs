using Ferry.Processes;
using Ferry.Remote.Agent;
using Ferry.Remote.Packing;
using Ferry.Remote.Trees;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Doors;

/// <summary>What cargo promises a test besides its arguments, for one program: its tree on the device, folder and variables.</summary>
internal sealed class ProgramTree
{
    private readonly List<PackedProgram> programs = [];

    private ProgramTree(RunTree tree, string folder, IReadOnlyList<byte[]> variables, List<PackedProgram> programs) =>
        (Tree, Folder, Variables, this.programs) = (tree, folder, variables, programs);

    public RunTree Tree { get; }

    /// <summary>The working folder, as it is called on this PC.</summary>
    public string Folder { get; }

    public IReadOnlyList<byte[]> Variables { get; }

    /// <summary>Null for what cargo promises nothing: programs that nobody called cargo for, and those of <c>cargo run</c> unless <c>files</c> are set.</summary>
    public static ProgramTree? Of(PackedProgram packed, string device, RunOptions options, Func<string, PackedProgram> pack, IReadOnlySet<string>? without = null)
    {
        if (Environment.GetEnvironmentVariable("CARGO_MANIFEST_DIR") is not { Length: > 0 } package)
        {
            return null;
        }

        var output = new BuiltProgram(packed.Program.Source);
        if (CrateFacts.Of(package, output.IsTest ? Status.Warn : _ => { }) is not { } crate || (!output.IsTest && crate.Files is null))
        {
            return null;
        }

        var target = Lies(packed.Program.Source, crate.Target) ? crate.Target : output.Target;
        var places = Places(crate, target);
        var workspace = places[0];
        var beside = crate.Tests.Contains(output.Name) ? Beside(crate, output, pack) : [];
        List<TreePart> parts = [new("files " + package, CrateFiles.Of(crate, workspace, Status.Warn, without))];
        if (crate.Tests.Contains(output.Name))
        {
            parts.Add(new($"programs {package} {output.Folder}", [.. beside.Select(program => Program(program, places)), Temporary(output, places)]));
        }

        if (crate.Files is not { Count: 0 } && OutDir(target) is { } made)
        {
            parts.Add(new("made " + made, BuildScriptFiles.Of(made, places, Status.Warn)));
        }

        var tree = new RunTree
        {
            Id = NameHash.Of(Environment.MachineName + "\0" + crate.Workspace),
            Parts = parts,
            Program = PathIn(places, packed.Program.Source) ?? "",
            Places = places,
            ShowsPaths = crate.Paths,
            Results = CrateResults.Of(crate, target, places, device, Status.Warn, Tell),
            WithoutView = TellWithoutView,
        };
        var here = Environment.CurrentDirectory;
        return new ProgramTree(tree, PathIn(places, here) is null ? crate.Folder : here, VariablesFor(crate, target), beside);
    }

    /// <summary>The shared libraries of the programs beside, but for those that the program itself has.</summary>
    public IEnumerable<ProgramFile> Libraries(PackedProgram packed) => programs
        .SelectMany(program => program.Libraries).DistinctBy(library => library.Sha256)
        .Where(library => packed.Libraries.All(own => own.Sha256 != library.Sha256))
        .Select(library => ProgramSurroundings.FileOf(library, isLibrary: true));

    /// <summary>cargo's output is a place of its own where it does not lie in the workspace.</summary>
    private static List<TreePlace> Places(CrateFacts crate, string target)
    {
        List<TreePlace> places = [new(crate.Workspace, "workspace")];
        if (places[0].PathOf(target) is null)
        {
            places.Add(new(target, "target"));
        }

        return places;
    }

    private static List<PackedProgram> Beside(CrateFacts crate, BuiltProgram output, Func<string, PackedProgram> pack) =>
        [.. crate.Programs.Select(name => Path.Combine(output.Folder, name)).Where(File.Exists).Select(pack)];

    private static TreeEntry Program(PackedProgram program, List<TreePlace> places) => new()
    {
        Path = PathIn(places, program.Program.Source)!,
        Kind = TreeEntryKind.Program,
        Mode = 0x1C0, // 0700
        Size = program.Program.Size,
        Sha256 = program.Program.Sha256,
        Program = ProgramSurroundings.FileOf(program.Program, isLibrary: false),
    };

    /// <summary>CARGO_TARGET_TMPDIR, which cargo makes for integration tests.</summary>
    private static TreeEntry Temporary(BuiltProgram output, List<TreePlace> places) =>
        new() { Path = PathIn(places, Path.Combine(Path.GetDirectoryName(output.Folder)!, "tmp"))!, Kind = TreeEntryKind.Folder, Mode = 0x1ED }; // 0755

    private static string? OutDir(string target) =>
        Environment.GetEnvironmentVariable("OUT_DIR") is { Length: > 0 } folder && Lies(folder, target) && Directory.Exists(folder) ? folder : null;

    private static string? PathIn(IReadOnlyList<TreePlace> places, string file)
    {
        foreach (var place in places)
        {
            if (place.PathOf(file) is { } path)
            {
                return path;
            }
        }

        return null;
    }

    private static bool Lies(string file, string folder) => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>insta and criterion would ask cargo where they are, and there is none on the device.</summary>
    private static List<byte[]> VariablesFor(CrateFacts crate, string target)
    {
        List<byte[]> variables = CargoVariables.Kept();
        foreach (var (name, value) in ((string, string)[])[("INSTA_WORKSPACE_ROOT", crate.Workspace), ("CRITERION_HOME", Path.Combine(target, "criterion"))])
        {
            if (Environment.GetEnvironmentVariable(name) is null)
            {
                variables.Add(RawArguments.Bytes($"{name}={value}"));
            }
        }

        return variables;
    }

    private static void Tell(int files, string? apart)
    {
        if (apart is not null && files > 0)
        {
            Status.Say("Results", $"{Files(files)} in {apart}");
        }
        else
        {
            Status.Detail("Results", $"{Files(files)} brought back");
        }
    }

    private static string Files(int count) => count == 1 ? "1 file" : $"{count} files";

    private static void TellWithoutView(string why, bool failed)
    {
        if (failed || Status.Verbose)
        {
            Status.Note($"the device could not show the program the paths of this PC ({why}): what env!(\"CARGO_MANIFEST_DIR\") and the like have put into it leads nowhere there; the working folder and std::env::var(\"CARGO_MANIFEST_DIR\") are right");
        }
    }
}
