using System.Buffers.Binary;
using System.Text;

namespace Ferry.Elf.Cores;

/// <summary>A core file of Linux (core(5), the kernel's fs/binfmt_elf.c) of little-endian ARM, AArch64 or x86-64: threads, mapped files and memory.</summary>
public sealed class CoreFile
{
    private const uint ProcessStatus = 1; // NT_PRSTATUS
    private const uint ProcessInfo = 3; // NT_PRPSINFO
    private const uint SignalNote = 0x53494749; // NT_SIGINFO
    private const uint FilesNote = 0x46494c45; // NT_FILE
    private const ulong MostFiles = 1 << 20;
    private const int HeadSize = 4096; // the smallest page of any Linux

    private CoreFile(ElfMachine machine, string program, IReadOnlyList<CrashedThread> threads, IReadOnlyList<MappedFile> files, MemoryPieces memory) =>
        (Machine, Program, Threads, Files, Memory) = (machine, program, threads, files, memory);

    /// <summary>The processor.</summary>
    public ElfMachine Machine { get; }

    /// <summary>The first 15 bytes of the program's name, as the kernel keeps them; empty when it does not say.</summary>
    public string Program { get; }

    /// <summary>The threads, the one that the signal came to first.</summary>
    public IReadOnlyList<CrashedThread> Threads { get; }

    /// <summary>The mapped files.</summary>
    public IReadOnlyList<MappedFile> Files { get; }

    /// <summary>What the file holds of the memory. File-backed code is not in most.</summary>
    public MemoryPieces Memory { get; }

    /// <summary>Reads a core; what was cut off of its memory is not known then.</summary>
    /// <exception cref="ElfFormatException">It is no core, or its notes are broken.</exception>
    public static CoreFile Read(ElfFile core)
    {
        ArgumentNullException.ThrowIfNull(core);
        if (core.Type != ElfType.Core)
        {
            throw new ElfFormatException(0x10, "the file is no core");
        }

        var wide = core.Class == ElfClass.Elf64;
        var notes = core.Notes;
        var threads = new List<CrashedThread>();
        foreach (var note in notes.Where(note => note.Name is "CORE"))
        {
            if (note.Type == ProcessStatus)
            {
                threads.Add(Thread(note.Description.Span, core.Machine, wide));
            }
            else if (note.Type == SignalNote && threads.Count > 0)
            {
                threads[^1] = threads[^1] with { Info = SignalInfo.Read(note.Description.Span, wide ? 8 : 4) };
            }
        }

        var files = notes.FirstOrDefault(note => note is { Name: "CORE", Type: FilesNote }) is { } list ? Mapped(list.Description.Span, wide) : [];
        return new CoreFile(core.Machine, ProgramName(notes, wide), threads, files, new MemoryPieces(Pieces(core)));
    }

    /// <summary>
    /// The beginning of a mapped file as an ELF file, as far as the program headers and what lies beside them: the kernel puts the first page of each into a core
    /// (core(5), coredump_filter, bit 4). Null when the core holds none of it, or it is no ELF file.
    /// </summary>
    /// <param name="file">The part that begins the file.</param>
    public ElfFile? HeadOf(MappedFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var page = new byte[HeadSize];
        if (file.Offset != 0 || !Memory.TryRead(file.Start, page) || !page.AsSpan().StartsWith("\u007fELF"u8))
        {
            return null;
        }

        // e_shoff, e_shnum and e_shstrndx: the sections are not there.
        var (table, count) = page[4] == 2 ? (0x28..0x30, 0x3c..0x40) : (0x20..0x24, 0x30..0x34);
        page.AsSpan(table).Clear();
        page.AsSpan(count).Clear();
        return Tolerant(() => ElfFile.Read(page) is { Segments: not null } head ? head : null);
    }

    /// <summary>NT_GNU_BUILD_ID of a mapped file as lower-case hexadecimal digits; null when the core does not tell.</summary>
    /// <param name="file">The part that begins the file.</param>
    public string? BuildIdOf(MappedFile file) => HeadOf(file) is { } head ? Tolerant(() => head.BuildId) : null;

    private static T? Tolerant<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (ElfFormatException)
        {
            return null;
        }
    }

    // struct elf_prstatus: siginfo (3 ints), cursig, pending and held signals, pids, times, registers.
    private static CrashedThread Thread(ReadOnlySpan<byte> status, ElfMachine machine, bool wide)
    {
        var (pidAt, registersAt) = wide ? (32, 112) : (24, 72);
        if (status.Length < registersAt)
        {
            throw new ElfFormatException(0, "a thread's status is too short");
        }

        var size = RegisterSet.SizeOf(machine);
        var registers = size > 0 && status.Length >= registersAt + size ? RegisterSet.Read(status.Slice(registersAt, size)) : null;
        return new CrashedThread(BinaryPrimitives.ReadInt32LittleEndian(status[pidAt..]), "", BinaryPrimitives.ReadInt16LittleEndian(status[12..]), null, registers);
    }

    private static string ProgramName(IReadOnlyList<ElfNote> notes, bool wide)
    {
        if (notes.FirstOrDefault(note => note is { Name: "CORE", Type: ProcessInfo }) is not { } info)
        {
            return "";
        }

        var at = wide ? 40 : 28;
        var name = info.Description.Length >= at + 16 ? info.Description.Span.Slice(at, 16) : default;
        var end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end >= 0 ? name[..end] : name);
    }

    // NT_FILE: count, page size, (start, end, offset in pages) each, then the names.
    private static List<MappedFile> Mapped(ReadOnlySpan<byte> note, bool wide)
    {
        var width = wide ? 8 : 4;
        var count = Word(note, 0);
        var page = Word(note, 1);
        if (count > MostFiles || (ulong)note.Length < ((count * 3) + 2) * (ulong)width)
        {
            throw new ElfFormatException(0, "the list of mapped files is shorter than it says");
        }

        var files = new List<MappedFile>();
        var names = note[(int)(((count * 3) + 2) * (ulong)width)..];
        for (var i = 0; i < (int)count; i++)
        {
            var end = names.IndexOf((byte)0);
            var name = Encoding.UTF8.GetString(end >= 0 ? names[..end] : names);
            names = end >= 0 ? names[(end + 1)..] : default;
            files.Add(new MappedFile(Word(note, (i * 3) + 2), Word(note, (i * 3) + 3), Word(note, (i * 3) + 4) * page, name, ""));
        }

        return files;

        ulong Word(ReadOnlySpan<byte> bytes, int index) =>
            bytes.Length < (index + 1) * width ? throw new ElfFormatException(0, "the list of mapped files is too short")
            : wide ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[(index * 8)..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[(index * 4)..]);
    }

    private static IEnumerable<(ulong, ReadOnlyMemory<byte>)> Pieces(ElfFile core)
    {
        foreach (var segment in core.Segments.Where(segment => segment.Type == ElfSegmentType.Load && segment.FileSize > 0))
        {
            if (segment.Offset < core.Bytes.Length)
            {
                // A core that a limit has cut short ends within a segment.
                var there = Math.Min(segment.FileSize, core.Bytes.Length - segment.Offset);
                yield return (segment.Address, core.ContentOf(segment with { FileSize = there }));
            }
        }
    }
}
