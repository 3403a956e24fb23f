using System.Text.RegularExpressions;

namespace Ferry.Doors.Deaths;

/// <summary>What programs, loaders and shells write last, and what it means. A table, each row with what was written itself as the cause.</summary>
internal static partial class LastWords
{
    private const string Rebuild = "link against what the device has now: ferry sysroot refresh, then run again";

    /// <summary>Words; the exit codes (128 and the number for a signal) that they belong to, none for any; what they mean; what can be done.</summary>
    private static readonly (Regex Words, int[] Codes, string Meaning, string? Help)[] Rows =
    [
        (Overflow(), [134], "a thread used more stack than it has: recursion without an end, or large values on the stack", "give threads more of it: ferry run --env RUST_MIN_STACK=16777216; the main thread's is what ulimit -s says on the device"),
        (NoMemory(), [134], "the allocator got no more memory", null),
        (Smashed(), [134], "a function wrote past the end of an array on its stack: C code, or unsafe Rust", null),
        (Heap(), [134], "the C library found its heap damaged: memory was freed twice, or written past its end (C code, or unsafe Rust)", null),
        (LibraryMissing(), [127], "the device's loader did not find a library that the program needs", Rebuild),
        (VersionMissing(), [1, 127], "a library on the device is older than what the program was linked against", Rebuild),
        (SymbolMissing(), [127], "a library on the device lacks a function that the program was linked against", Rebuild),
        (RequiredFile(), [126, 127], "a program's loader (or a script's interpreter) is not on the device", "static programs need none: ferry run --static"),
        (NotThere(), [127], "what was to be started is not there; shells say the same of a program whose loader is not there", null),
        (Format(), [126], "a program was built for another processor or system", null),
        (AsScript(), [2, 127], "a shell took a program for a script, as busybox does with one that was built for another processor", null),
        (Permission(), [126], "a file may not be executed: it lacks the right, or its file system is mounted noexec", null),
        (Illegal(), [132], "a process that it started died of an instruction that its processor does not have", null),
    ];

    /// <summary>What was written, what that means, and what to do; null when nothing known was written.</summary>
    public static (string Words, string Meaning, string? Help)? Find(string words, int code)
    {
        foreach (var (pattern, codes, meaning, help) in Rows)
        {
            if (Array.IndexOf(codes, code) >= 0 && pattern.Matches(words) is { Count: > 0 } found)
            {
                return (found[^1].Value.Trim(), meaning, help);
            }
        }

        return null;
    }

    [GeneratedRegex("^.*has overflowed its stack.*$", RegexOptions.Multiline)]
    private static partial Regex Overflow();

    [GeneratedRegex("^.*memory allocation of [0-9]+ bytes failed.*$", RegexOptions.Multiline)]
    private static partial Regex NoMemory();

    [GeneratedRegex(@"^.*stack smashing detected.*$", RegexOptions.Multiline)]
    private static partial Regex Smashed();

    [GeneratedRegex(@"^.*(double free or corruption|free\(\): invalid|malloc\(\): |corrupted size vs|munmap_chunk\(\): invalid|realloc\(\): invalid).*$", RegexOptions.Multiline)]
    private static partial Regex Heap();

    [GeneratedRegex("^.*(error while loading shared libraries: .*cannot open shared object file|Error loading shared library ).*$", RegexOptions.Multiline)]
    private static partial Regex LibraryMissing();

    [GeneratedRegex("^.*version `[^']+' not found .*required by .*$", RegexOptions.Multiline)]
    private static partial Regex VersionMissing();

    [GeneratedRegex("^.*(symbol lookup error: |Error relocating ).*$", RegexOptions.Multiline)]
    private static partial Regex SymbolMissing();

    [GeneratedRegex("^.*(: not found|No such file or directory).*$", RegexOptions.Multiline)]
    private static partial Regex NotThere();

    [GeneratedRegex("^.*required file not found.*$", RegexOptions.Multiline)]
    private static partial Regex RequiredFile();

    [GeneratedRegex("^.*(Exec format error|cannot execute binary file).*$", RegexOptions.Multiline)]
    private static partial Regex Format();

    [GeneratedRegex("^.*(: line [0-9]+: syntax error: unexpected |ELF.*: not found).*$", RegexOptions.Multiline)]
    private static partial Regex AsScript();

    [GeneratedRegex("^.*Permission denied.*$", RegexOptions.Multiline)]
    private static partial Regex Permission();

    [GeneratedRegex("^.*Illegal instruction.*$", RegexOptions.Multiline)]
    private static partial Regex Illegal();
}
