using System.IO.Compression;
using Ferry.Processes;
using Ferry.Remote.Ssh;

namespace Ferry.Remote.Cores;

/// <summary>Cores as systemd-coredump and others keep them: compressed, which the end of the name tells.</summary>
internal static class CorePacking
{
    private static readonly (string Ending, string Tool)[] Tools = [(".zst", "zstd"), (".lz4", "lz4"), (".xz", "xz"), (".gz", "gzip")];

    /// <summary>The program that unpacks a file; null for one that is not packed.</summary>
    public static string? ToolFor(string path) => Tools.FirstOrDefault(tool => path.EndsWith(tool.Ending, StringComparison.Ordinal)).Tool;

    /// <summary>A shell function that prints a file, unpacked; nothing when the tool for that is not there.</summary>
    public static string Function =>
        $$"""
        ferry_unpack() {
          case $1 in
            {{string.Join("\n    ", Tools.Select(tool => $"*{tool.Ending}) {tool.Tool} -dc <\"$1\" ;;"))}}
            *) cat <"$1" ;;
          esac
        }
        """.ReplaceLineEndings("\n");

    /// <summary>Whether it can be done on this PC.</summary>
    public static bool CanUnpack(string path) => ToolFor(path) is null or "gzip" || Tool.Find(ToolFor(path)!) is not null;

    /// <summary>The file itself when it is not packed; else a new one with what is in it.</summary>
    /// <param name="path">The core.</param>
    /// <param name="into">The new file.</param>
    /// <exception cref="FerryException">The tool is missing (exit 4), or the file is damaged.</exception>
    public static string Unpack(string path, string into)
    {
        if (ToolFor(path) is not { } name)
        {
            return path;
        }

        using (File.Open(into, Fresh()))
        {
            // Empty, and nobody else's to read.
        }

        if (name == "gzip")
        {
            using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var plain = File.OpenWrite(into);
            Guarded(path, () => packed.CopyTo(plain));
            return into;
        }

        var tool = Tool.Find(name) ?? throw new FerryException($"'{path}' is compressed, and there is no '{name}' here", help: $"install it, or unpack the file where there is one: {name} -dc {ShellQuote.Posix(Path.GetFileName(path))}", exit: ExitCode.ToolMissing);
        using var process = SessionProcess.Start(new ChildLine(tool, ["-dc", Path.GetFullPath(path)]) { Output = ChildStream.File(into), OwnSession = false });
        return process.Wait() is { Code: 0, Signal: 0 } ? into : throw new FerryException($"'{path}' cannot be unpacked", $"{name} ended with exit code {process.Wait().Code}");
    }

    /// <summary>For a file with the memory of a process, which may hold secrets.</summary>
    public static FileStreamOptions Fresh()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    private static void Guarded(string path, Action read)
    {
        try
        {
            read();
        }
        catch (InvalidDataException e)
        {
            throw new FerryException($"'{path}' cannot be unpacked", e.Message);
        }
    }
}
