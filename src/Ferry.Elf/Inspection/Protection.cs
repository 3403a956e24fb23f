namespace Ferry.Elf.Inspection;

/// <summary>What a program or library lets the kernel and the loader protect.</summary>
/// <param name="ExecutableStack">PT_GNU_STACK's flag; null without that header: then the kernel decides by the architecture.</param>
/// <param name="Relro">By PT_GNU_RELRO, and DT_BIND_NOW in any of its three forms.</param>
/// <param name="HasWritableCode">Whether a segment is loaded writable and executable.</param>
public sealed record Protection(bool? ExecutableStack, Relro Relro, bool HasWritableCode)
{
    private const ulong BindNowFlag = 8; // DF_BIND_NOW
    private const ulong NowFlag1 = 1; // DF_1_NOW

    /// <summary>Reads it from the program headers and the dynamic section.</summary>
    /// <exception cref="ElfFormatException">One of these is broken.</exception>
    public static Protection Of(ElfFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        const ElfSegmentFlags Both = ElfSegmentFlags.Write | ElfSegmentFlags.Execute;
        return new Protection(
            file.SegmentArray.Where(segment => segment.Type == ElfSegmentType.GnuStack).Select(segment => (bool?)((segment.Flags & ElfSegmentFlags.Execute) != 0)).FirstOrDefault(),
            !file.SegmentArray.Any(segment => segment.Type == ElfSegmentType.GnuRelRo) ? Relro.None : BindsAtStart(file) ? Relro.Full : Relro.Partial,
            file.SegmentArray.Any(segment => segment.Type == ElfSegmentType.Load && (segment.Flags & Both) == Both));
    }

    // What has no lazy calls at all has nothing to fill in later: static programs, and those without DT_JMPREL.
    private static bool BindsAtStart(ElfFile file) =>
        file.Dynamic is not { } dynamic
        || dynamic.Value(DynamicTag.BindNow) is not null || (dynamic.Flags & BindNowFlag) != 0 || (dynamic.Flags1 & NowFlag1) != 0;
}
