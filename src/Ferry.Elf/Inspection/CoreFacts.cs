namespace Ferry.Elf.Inspection;

/// <summary>Who died and of what, by the notes of a core file as Linux writes them (include/linux/elfcore.h, fs/binfmt_elf.c).</summary>
public sealed record CoreFacts
{
    private const uint Status = 1; // NT_PRSTATUS: a thread; the one that died is the first
    private const uint Info = 3; // NT_PRPSINFO
    private const uint SignalInfo = 0x53494749; // NT_SIGINFO
    private const uint Files = 0x46494c45; // NT_FILE
    private const uint Vector = 6; // NT_AUXV
    private const ulong EntryTag = 9; // AT_ENTRY
    private const int NameSize = 16;
    private const int ArgumentsSize = 80;

    /// <summary>The program's name, of at most 15 letters.</summary>
    public string? Name { get; init; }

    /// <summary>Its command line, of at most 79 letters.</summary>
    public string? Arguments { get; init; }

    /// <summary>The path of its file.</summary>
    public string? Path { get; init; }

    /// <summary>Its process number.</summary>
    public uint? Process { get; init; }

    /// <summary>The signal that ended it.</summary>
    public int? Signal { get; init; }

    /// <summary>si_code: how that signal came about.</summary>
    public int? SignalCode { get; init; }

    /// <summary>The address that could not be reached, for signals of the processor.</summary>
    public ulong? FaultAddress { get; init; }

    /// <summary>How many threads it had.</summary>
    public int Threads { get; init; }

    /// <summary>Reads the notes. What a core does not hold is null.</summary>
    /// <exception cref="ElfFormatException">A note is broken.</exception>
    public static CoreFacts Of(ElfFile core)
    {
        ArgumentNullException.ThrowIfNull(core);
        var notes = core.Notes.Where(note => note.Name is "CORE" or "LINUX").ToList();
        ElfBytes Find(uint type) => notes.Find(note => note.Type == type) is { } note ? core.Header.Bytes(note.Description.Span) : default;
        var info = Find(Info);
        var signal = Find(SignalInfo);
        var status = Find(Status);
        var hasInfo = info.Length >= NameSize + ArgumentsSize;
        return new CoreFacts
        {
            Name = hasInfo ? Text(info, info.Length - NameSize - ArgumentsSize, NameSize) : null,
            Arguments = hasInfo ? Text(info, info.Length - ArgumentsSize, ArgumentsSize).TrimEnd() : null,
            Path = PathOf(Find(Files), Find(Vector)),
            // Three words of signal, pr_cursig in four bytes, two words of signal sets, then the number.
            Process = status.Length >= 40 ? status.U32(16 + (2 * status.WordSize), "a thread's status") : null,
            Signal = signal.Length >= 12 ? (int)signal.U32(0, "the signal") : status.Length >= 14 ? status.U16(12, "the signal") : null,
            SignalCode = signal.Length >= 12 ? (int)signal.U32(8, "the signal") : null,
            FaultAddress = signal.Length >= 24 && signal.U32(0, "the signal") is 4 or 5 or 7 or 8 or 11 && (int)signal.U32(8, "the signal") > 0
                ? signal.Word(signal.Wide ? 16u : 12u, "the signal") : null,
            Threads = notes.Count(note => note.Type == Status),
        };
    }

    // NT_FILE: count and page size, then per mapping start, end and offset, then the names. The program's is the one that its entry lies in.
    private static string? PathOf(ElfBytes files, ElfBytes vector)
    {
        const string What = "the mapped files";
        if (files.Length < 2 * files.WordSize || EntryOf(vector) is not { } entry)
        {
            return null;
        }

        var word = files.WordSize;
        var ranges = files.Table(2 * word, files.Word(0, What), 3 * word, What);
        var names = files.From((2 * word) + ranges.Length, What);
        for (ulong at = 0, name = 0; at < ranges.Length; at += 3 * word)
        {
            var chars = names.Chars(name, What);
            if (entry >= ranges.Word(at, What) && entry < ranges.Word(at + word, What))
            {
                return System.Text.Encoding.UTF8.GetString(chars);
            }

            name += (ulong)chars.Length + 1;
        }

        return null;
    }

    private static ulong? EntryOf(ElfBytes vector)
    {
        for (ulong at = 0; at + (2 * vector.WordSize) <= vector.Length; at += 2 * vector.WordSize)
        {
            if (vector.Word(at, "the auxiliary vector") == EntryTag)
            {
                return vector.Word(at + vector.WordSize, "the auxiliary vector");
            }
        }

        return null;
    }

    private static string Text(ElfBytes bytes, ulong at, ulong size)
    {
        var text = bytes.Part(at, size, "the program's name").Span;
        var end = text.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }
}
