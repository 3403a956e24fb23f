using Ferry.Elf;
using Ferry.Elf.Cores;
using Ferry.Elf.Debug;
using Ferry.Linking;

namespace Ferry.Doors.Deaths;

/// <summary>From a thread's registers and stack to functions, files and lines: by the files that lie on this PC, with their debug info.</summary>
/// <param name="thread">The thread.</param>
/// <param name="files">What was mapped.</param>
/// <param name="memory">What is known of the memory.</param>
/// <param name="here">The path on this PC of a mapped file, with its debug info; null when it is not here.</param>
internal sealed class Autopsy(CrashedThread thread, IReadOnlyList<MappedFile> files, MemoryPieces memory, Func<string, string?> here)
{
    private const int MostFrames = 32;
    private const int MostAlike = 2;

    /// <summary>What comes before the user's main function, or a thread's, is Rust's own.</summary>
    private const string BeginOfUsers = "__rust_begin_short_backtrace";

    private static readonly string[] Foreign = ["/.cargo/registry/", "/.cargo/git/", "/library/core/src/", "/library/alloc/src/", "/library/std/src/", "/library/test/src/"];

    private readonly Dictionary<string, LoadedFile?> loaded = [];
    private readonly string folder = Environment.CurrentDirectory;

    /// <summary>Functions, innermost first, each with its place in the sources; inlined ones by themselves.</summary>
    public IReadOnlyList<(string Function, SourceFrame? Source)> Frames()
    {
        var found = new List<(string, SourceFrame?)>();
        foreach (var frame in thread.Registers is { } registers ? StackWalk.Of(registers, memory, FileAt) : [])
        {
            var file = FileAt(frame.Within);
            var sources = file?.FramesAt(frame.Within) ?? [];
            if (sources.Count == 0)
            {
                found.Add((file is null ? $"0x{frame.Address:x}{Within(frame.Address)}" : $"0x{file.InFile(frame.Address):x} in {file.Name}", null));
            }

            foreach (var source in sources)
            {
                var function = source.Function is { } name ? RustSymbol.Readable(name) : "?";
                if (function.Contains(BeginOfUsers, StringComparison.Ordinal))
                {
                    return found;
                }

                found.Add((function + (source.File is null && file is not null ? $" in {file.Name}" : ""), source));
            }
        }

        return found;
    }

    /// <summary>Lines for the frames; what repeats (a recursion) is shown twice.</summary>
    public IReadOnlyList<string> Lines(IReadOnlyList<(string Function, SourceFrame? Source)> frames)
    {
        var texts = frames.Select(frame => frame.Function + (Place(frame.Source) is { } place ? "  " + place : "")).ToList();
        var lines = new List<string>();
        for (var i = 0; i < texts.Count && lines.Count < MostFrames; i++)
        {
            var alike = texts.Skip(i).TakeWhile(text => text == texts[i]).Count();
            lines.AddRange(texts.Skip(i).Take(Math.Min(alike, MostAlike)).Select((text, index) => $"{i + index,2}: {text}"));
            if (alike > MostAlike)
            {
                lines.Add($"    … {alike - MostAlike} more of the same");
            }

            i += alike - 1;
        }

        return lines;
    }

    /// <summary>Where it happened in the user's own sources; else the innermost place that is known.</summary>
    public string? Place(IReadOnlyList<(string Function, SourceFrame? Source)> frames) =>
        Place(frames.Select(frame => frame.Source).FirstOrDefault(source => source is { File: { } file, Line: > 0 } && IsOwn(file))
            ?? frames.Select(frame => frame.Source).FirstOrDefault(source => source is { File: not null, Line: > 0 }));

    /// <summary>The instruction that it died at.</summary>
    public TrapInstruction? Instruction()
    {
        if (thread.Registers is not { } registers)
        {
            return null;
        }

        Span<byte> code = stackalloc byte[4];
        var at = registers.ProgramCounter;
        return memory.TryRead(at, code) || (FileAt(at) is { } file && file.TryRead(at, code)) ? TrapInstruction.Of(registers.Machine, registers.IsThumb, code) : null;
    }

    /// <summary>Where the instruction lies: in which file, at which of its addresses.</summary>
    public string? InstructionPlace() => thread.Registers is { } registers && FileAt(registers.ProgramCounter) is { } file ? $"0x{file.InFile(registers.ProgramCounter):x} of {file.Name}" : null;

    /// <summary>Registers, and what was mapped.</summary>
    public IReadOnlyList<string> Details()
    {
        var width = thread.Registers?.Width * 2 ?? 16;
        var registers = thread.Registers?.All.Select(register => $"{register.Name,8} {register.Value.ToString("x" + width)}").Chunk(width == 8 ? 4 : 3).Select(row => string.Concat(row)) ?? [];
        return [.. registers, .. files.Select(file => $"{file.Start:x}-{file.End:x} {file.Rights} {file.Path}")];
    }

    private LoadedFile? FileAt(ulong address)
    {
        var path = files.FirstOrDefault(file => file.Contains(address))?.Path;
        if (string.IsNullOrEmpty(path) || path[0] == '[')
        {
            return null;
        }

        if (!loaded.TryGetValue(path, out var file))
        {
            loaded[path] = file = Load(path);
        }

        return file;
    }

    private LoadedFile? Load(string path)
    {
        try
        {
            return here(path) is { } file ? new LoadedFile(ElfFile.Read(File.ReadAllBytes(file)), Path.GetFileName(path), files.Where(part => part.Path == path)) : null;
        }
        catch (Exception e) when (e is ElfFormatException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string Within(ulong address) => files.FirstOrDefault(file => file.Contains(address)) is { Path.Length: > 0 } file ? $" in {Path.GetFileName(file.Path)}" : "";

    /// <summary>Neither of Rust's own libraries nor of a crate that cargo has fetched.</summary>
    private static bool IsOwn(string file) =>
        !file.StartsWith("/rustc/", StringComparison.Ordinal) && !Array.Exists(Foreign, part => file.Contains(part, StringComparison.Ordinal));

    private string? Place(SourceFrame? source)
    {
        if (source?.File is not { } file)
        {
            return null;
        }

        var shown = Path.IsPathRooted(file) && Path.GetRelativePath(folder, file) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : file;
        return source.Line == 0 ? shown : source.Column == 0 ? $"{shown}:{source.Line}" : $"{shown}:{source.Line}:{source.Column}";
    }
}
