using Ferry.Elf.Debug;

namespace Ferry.Elf.Cores;

/// <summary>An ELF file as it lies in a process' memory, and what it says of addresses there.</summary>
public sealed class LoadedFile
{
    private readonly ulong bias;
    private readonly Lazy<DebugInfo?> debug;
    private readonly Lazy<FunctionSymbols> symbols;

    /// <param name="file">The file; it may hold debug info that the mapped one lacks, or be the mapped one.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="mapped">The parts of it that are mapped.</param>
    /// <param name="withDebugInfo">The same file with its debug info, where that lies elsewhere; null for <paramref name="file"/> itself.</param>
    public LoadedFile(ElfFile file, string name, IEnumerable<MappedFile> mapped, ElfFile? withDebugInfo = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(mapped);
        (Elf, Name) = (file, name);
        var loads = file.Segments.Where(segment => segment.Type == ElfSegmentType.Load).ToList();
        var lowest = mapped.MinBy(part => part.Start);
        // The loader puts the first segment at the start of a page, and the others as far behind it as the file says.
        bias = file.Type == ElfType.Executable || lowest is null || loads.Count == 0 ? 0
            : lowest.Start - (loads.Min(segment => segment.Address) & ~(Math.Max(loads[0].Alignment, 1) - 1));
        debug = new(() => DebugInfo.Of(withDebugInfo ?? file));
        symbols = new(() => new FunctionSymbols(file));
    }

    /// <summary>The file.</summary>
    public ElfFile Elf { get; }

    /// <summary>What it is called.</summary>
    public string Name { get; }

    /// <summary>The address as the file's own tables have it.</summary>
    public ulong InFile(ulong address) => address - bias;

    /// <summary>The address in memory of one of the file's own.</summary>
    public ulong InMemory(ulong address) => address + bias;

    /// <summary>The places that an address in memory is of, innermost first; by its symbol where there is no debug info. Empty when nothing is known.</summary>
    public IReadOnlyList<SourceFrame> FramesAt(ulong address)
    {
        try
        {
            var frames = debug.Value?.FramesAt(InFile(address)) ?? [];
            return frames.Count > 0 && frames[^1].Function is not null ? frames
                : symbols.Value.At(InFile(address)) is { } symbol ? [new SourceFrame(symbol.Name, frames.Count > 0 ? frames[0].File : null, frames.Count > 0 ? frames[0].Line : 0, 0, IsInlined: false)]
                : frames;
        }
        catch (ElfFormatException)
        {
            // Of another tool's making, and no reason to say nothing of all else.
            return [];
        }
    }

    /// <summary>Bytes of the file at an address in memory; false when the file has none there.</summary>
    public bool TryRead(ulong address, Span<byte> bytes)
    {
        var at = InFile(address);
        foreach (var segment in Elf.Segments)
        {
            if (segment.Type == ElfSegmentType.Load && at >= segment.Address && at - segment.Address < segment.FileSize && segment.FileSize - (at - segment.Address) >= (ulong)bytes.Length)
            {
                Elf.ContentOf(segment).Span.Slice((int)(at - segment.Address), bytes.Length).CopyTo(bytes);
                return true;
            }
        }

        return false;
    }
}
