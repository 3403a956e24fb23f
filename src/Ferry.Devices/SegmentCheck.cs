using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>Whether the kernel can lay the program's segments into its memory: whole in the file, by the kernel's pages, not writable and executable at once.</summary>
internal static class SegmentCheck
{
    private const string Again = "build or copy it again";

    public static IEnumerable<Finding> Of(ElfFile program, string name, DeviceFacts device)
    {
        var loads = program.Segments.Where(segment => segment.Type == ElfSegmentType.Load).OrderBy(segment => segment.Address).ToList();
        return [.. Pages(loads, name, device), .. WriteExecute(loads, name)];
    }

    /// <summary>Whether the file ends before what its headers promise; then nothing else can be asked of it.</summary>
    public static Finding? Cut(ElfFile program, string name)
    {
        try
        {
            var length = (ulong)program.Length;
            var beyond = program.Segments.FirstOrDefault(segment => segment.Type == ElfSegmentType.Load && (segment.Offset > length || segment.FileSize > length - segment.Offset));
            if (beyond.FileSize > 0)
            {
                return FindingKinds.Truncated.Of($"'{name}' is cut short", $"a segment reaches to byte {beyond.Offset + beyond.FileSize}, the file ends at {length}", Again);
            }

            _ = program.Sections; // the last thing in most files
            return null;
        }
        catch (ElfFormatException e)
        {
            return FindingKinds.Truncated.Of($"'{name}' is cut short, or broken", e.Message, Again);
        }
    }

    // fs/binfmt_elf.c, elf_map: a segment is mapped where address and place in the file agree within a page, or not at all.
    private static IEnumerable<Finding> Pages(List<ElfSegment> loads, string name, DeviceFacts device)
    {
        if (device.Profile.Aux.PageSize is not { } size || !IsPowerOfTwo(size))
        {
            yield break;
        }

        var page = (ulong)size;
        if (loads.Find(segment => segment.FileSize > 0 && ((segment.Address - segment.Offset) & (page - 1)) != 0) is { FileSize: > 0 } wrong)
        {
            yield return FindingKinds.PageSize.Of(
                $"'{name}' is laid out for pages of {Size(wrong.Alignment)}, but the kernel of device '{device.Name}' has pages of {Size(page)}",
                $"the segment for address 0x{wrong.Address:x} lies at 0x{wrong.Offset:x} of the file, which is another place within a page",
                "link it with: -C link-arg=-Wl,-z,max-page-size=65536");
        }
        else if (loads.Zip(loads.Skip(1)).FirstOrDefault(pair => ShareAPage(pair.First, pair.Second, page)) is { First.MemorySize: > 0 } pair)
        {
            yield return FindingKinds.SharedPage.Of(
                $"code and data of '{name}' share one page of {Size(page)} on device '{device.Name}'",
                $"a segment ends at 0x{pair.First.Address + pair.First.MemorySize:x}, the next one begins at 0x{pair.Second.Address:x}",
                "link it with: -C link-arg=-Wl,-z,max-page-size=65536");
        }
    }

    private static bool ShareAPage(ElfSegment first, ElfSegment second, ulong page) =>
        first.MemorySize > 0 && second.MemorySize > 0 && (first.Address + first.MemorySize - 1) / page >= second.Address / page
        && ((Is(first, ElfSegmentFlags.Execute) && Is(second, ElfSegmentFlags.Write)) || (Is(first, ElfSegmentFlags.Write) && Is(second, ElfSegmentFlags.Execute)));

    private static IEnumerable<Finding> WriteExecute(List<ElfSegment> loads, string name) =>
        loads.Where(segment => Is(segment, ElfSegmentFlags.Write) && Is(segment, ElfSegmentFlags.Execute)).Take(1).Select(segment => FindingKinds.WriteExecute.Of(
            $"a segment of '{name}' is writable and executable", $"{segment.MemorySize} bytes at address 0x{segment.Address:x}; a kernel with SELinux refuses that"));

    private static bool Is(ElfSegment segment, ElfSegmentFlags flag) => (segment.Flags & flag) != 0;

    private static bool IsPowerOfTwo(int size) => size > 0 && (size & (size - 1)) == 0;

    private static string Size(ulong bytes) => bytes >= 1024 && bytes % 1024 == 0 ? $"{bytes / 1024} KiB" : $"{bytes} bytes";
}
