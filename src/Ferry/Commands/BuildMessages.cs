using System.Text.Json;
using Ferry.Remote.Packing;
using Ferry.Toolchain;

namespace Ferry.Commands;

/// <summary>What cargo said of a build, with <c>--message-format json</c>: the programs, and where build scripts have libraries.</summary>
internal sealed record BuildMessages(IReadOnlyList<string> Programs, IReadOnlyList<string> LinkedFolders)
{
    /// <summary>One JSON object a line; those of programs have "executable". A build script's program runs here, and has none.</summary>
    public static BuildMessages Read(string messages)
    {
        var (programs, folders) = (new List<string>(), new List<string>());
        foreach (var line in messages.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var message = JsonDocument.Parse(line);
            if (message.RootElement.TryGetProperty("executable", out var executable) && executable.GetString() is { } program)
            {
                programs.Add(program);
            }

            if (message.RootElement.TryGetProperty("linked_paths", out var paths))
            {
                folders.AddRange(paths.EnumerateArray().Select(path => WithoutKind(path.GetString()!)));
            }
        }

        return new(programs, folders);
    }

    /// <summary>The folders that cargo would name in LD_LIBRARY_PATH to run this program.</summary>
    public IReadOnlyList<string> LibraryFolders(string program, RustToolchain rust, string target)
    {
        var output = LibrariesAlong.OutputFolder(program);
        return [.. LinkedFolders.Where(folder => LibrariesAlong.IsWithin(folder, output)), Path.Combine(output, "deps"), output, Path.Combine(rust.Sysroot, "lib", "rustlib", target, "lib")];
    }

    // cargo::rustc-link-search=KIND=PATH
    private static string WithoutKind(string path)
    {
        var kind = path.IndexOf('=');
        return kind > 0 && path[..kind] is "dependency" or "crate" or "native" or "framework" or "all" ? path[(kind + 1)..] : path;
    }
}
