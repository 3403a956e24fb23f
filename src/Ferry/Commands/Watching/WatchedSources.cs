using System.Text.Json;
using Ferry.Processes;

namespace Ferry.Commands.Watching;

/// <summary>
/// What a build depends on: the packages of the workspace and those that it names by path (<c>cargo metadata</c>), and the files that
/// earlier builds have read (the <c>.d</c> files below target/). New files count where cargo or rustc looks for files: in the folders of code.
/// </summary>
internal sealed class WatchedSources
{
    private static readonly string[] CodeFolders = ["src", "tests", "benches", "examples"];
    private static readonly string[] PackageFiles = ["Cargo.toml", "build.rs"];
    private static readonly string[] WorkspaceFiles = ["Cargo.toml", "Cargo.lock", ".cargo/config.toml", ".cargo/config", "rust-toolchain.toml", "rust-toolchain"];

    private readonly string root;
    private readonly string target;
    private readonly HashSet<string> packages;
    private IReadOnlyList<string> named = [];

    private WatchedSources(string root, string target, HashSet<string> packages) => (this.root, this.target, this.packages) = (root, target, packages);

    public int Packages => packages.Count;

    /// <summary>Folders below which every file of code counts.</summary>
    public IEnumerable<string> Folders => packages.SelectMany(package => CodeFolders.Select(folder => Path.Combine(package, folder))).Where(Directory.Exists);

    /// <summary>Asks cargo. When it has no answer (a broken Cargo.toml), what stood there before counts, and else the current folder's files.</summary>
    public static WatchedSources Of(CargoPlan plan, WatchedSources? before)
    {
        string[] options = [.. ((string[])["--manifest-path", "--config", "-Z"]).SelectMany(name => plan.Line.Values(name).SelectMany(value => new[] { name, value }))];
        var answer = Tool.Run(plan.Rust.Cargo, [.. plan.Rust.Prefix, "metadata", "--format-version", "1", .. options]);
        return answer.Succeeded ? Read(answer.Output, plan.Line.Values("--target-dir").LastOrDefault())
            : before ?? new(Environment.CurrentDirectory, Path.Combine(Environment.CurrentDirectory, "target"), [Environment.CurrentDirectory]);
    }

    /// <summary>Reads what the last build has written down.</summary>
    public void Refresh() => named = [.. DepInfoFiles().SelectMany(ReadDepInfo).Distinct()];

    /// <summary>cargo keeps it: a change of it that comes with a build is the build's own.</summary>
    public bool IsWrittenByCargo(string file) => file == Path.Combine(root, "Cargo.lock");

    /// <summary>Every file that counts, there or not.</summary>
    public IReadOnlySet<string> Files()
    {
        var files = new HashSet<string>(WorkspaceFiles.Select(name => Path.Combine(root, name)));
        files.UnionWith(packages.SelectMany(package => PackageFiles.Select(name => Path.Combine(package, name))));
        files.UnionWith(Folders.SelectMany(folder => Below(folder, "*.rs")));
        foreach (var path in named)
        {
            files.UnionWith(Directory.Exists(path) ? Below(path, "*") : [path]);
        }

        return files;
    }

    private static WatchedSources Read(string metadata, string? targetFolder)
    {
        using var document = JsonDocument.Parse(metadata);
        var answer = document.RootElement;
        // What comes from a registry or by git has a source, and does not change.
        var paths = answer.GetProperty("packages").EnumerateArray()
            .Where(package => package.GetProperty("source").ValueKind == JsonValueKind.Null)
            .Select(package => Path.GetDirectoryName(package.GetProperty("manifest_path").GetString())!);
        return new(answer.GetProperty("workspace_root").GetString()!, targetFolder is null ? answer.GetProperty("target_directory").GetString()! : Path.GetFullPath(targetFolder), [.. paths]);
    }

    /// <summary>cargo's own lie beside what it built, rustc's in deps/ (those of tests are only there).</summary>
    private IEnumerable<string> DepInfoFiles()
    {
        if (!Directory.Exists(target))
        {
            return [];
        }

        var profiles = Directory.EnumerateDirectories(target).SelectMany(triple => Directory.EnumerateDirectories(triple));
        return profiles.SelectMany(profile => ((string[])["", "deps", "examples"]).Select(name => Path.Combine(profile, name)))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.d"));
    }

    /// <summary>Nothing of a crate that comes from elsewhere, nor what is generated below target/.</summary>
    private IEnumerable<string> ReadDepInfo(string file)
    {
        try
        {
            var sources = DepInfo.Sources(File.ReadLines(file)).Select(path => Path.GetFullPath(path, root)).Where(path => !IsWithin(path, target)).ToList();
            return sources.Any(path => packages.Any(package => IsWithin(path, package))) ? sources : [];
        }
        catch (IOException)
        {
            return []; // cargo has removed it meanwhile
        }
    }

    private static bool IsWithin(string path, string folder) => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private IEnumerable<string> Below(string folder, string pattern)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden };
        return Directory.EnumerateFiles(folder, pattern, options).Where(file => !IsWithin(file, target));
    }
}
