using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>What the first bytes of a program tell: its header, and the interpreter when it lies within them. The probe sends no more of /bin/sh.</summary>
internal sealed record ElfHead(ElfFile File, string? Interpreter)
{
    /// <summary>The head, or null when the bytes are not the beginning of an ELF file.</summary>
    public static ElfHead? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var file = ElfFile.Read(bytes);
            return new ElfHead(file, FindInterpreter(file));
        }
        catch (ElfFormatException)
        {
            return null;
        }
    }

    private static string? FindInterpreter(ElfFile file)
    {
        try
        {
            return ProbeFacts.Plain(file.Interpreter);
        }
        catch (ElfFormatException)
        {
            // Its path, or the table that says where, lies behind what was sent.
            return null;
        }
    }
}
