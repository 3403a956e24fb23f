using System.Text;
using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>What can be said of a file that is not read as ELF: scripts, and what is cut short or none of both.</summary>
public static class FileCheck
{
    private const int IdentSize = 16; // EI_NIDENT
    private const int NarrowHeader = 52;
    private const int WideHeader = 64;

    /// <summary>The findings; none for a script that the kernel can start.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">Its name, for the messages.</param>
    public static IReadOnlyList<Finding> Of(FileFacts file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        var start = file.FirstBytes.Span;
        return start.StartsWith("#!"u8) ? [.. Script(start, name)]
            : IsCut(start, file.Size) ? [FindingKinds.Truncated.Of($"'{name}' ends within its ELF header", $"it has {file.Size ?? start.Length} bytes", "build or copy it again")]
            : start.StartsWith("\u007fELF"u8) ? []
            : [FindingKinds.NotAProgram.Of($"'{name}' is not a program", start.IsEmpty ? "it is empty" : $"it begins with {Start(start)}, not with an ELF header or #!")];
    }

    private static bool IsCut(ReadOnlySpan<byte> start, long? size) =>
        start.StartsWith("\u007fELF"u8) && (size ?? start.Length) is var length
        && (length < IdentSize || length < (start[4] == (byte)ElfClass.Elf64 ? WideHeader : NarrowHeader));

    // execve(2): the kernel takes all bytes up to the newline for the interpreter's name and its argument.
    private static IEnumerable<Finding> Script(ReadOnlySpan<byte> start, string name)
    {
        var end = start.IndexOf((byte)'\n');
        var line = end < 0 ? start : start[..end];
        return !line.EndsWith("\r"u8) ? [] :
        [
            FindingKinds.ScriptLineEnds.Of(
                $"'{name}' is a script with Windows' line ends: no device has the interpreter that its first line names",
                $"the first line is {Start(line)}",
                $"sed -i 's/\\r$//' {name}"),
        ];
    }

    private static string Start(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in bytes[..Math.Min(bytes.Length, 40)])
        {
            text.Append(letter is (byte)'\r' ? "\\r" : letter is >= 0x20 and < 0x7f and not (byte)'"' ? ((char)letter).ToString() : $"\\x{letter:x2}");
        }

        return text.Append('"').ToString();
    }
}
