using Ferry.Elf;
using Ferry.Elf.Instructions;

namespace Ferry.Devices;

/// <summary>Whether a jemalloc in the program was built for pages as large as the kernel's: it is told their size when it is compiled, and stops on larger ones.</summary>
internal static class AllocatorCheck
{
    public static IEnumerable<Finding> Of(ElfFile program, string name, DeviceFacts device)
    {
        if (device.Profile.Aux.PageSize is { } page && page > 4096 && JemallocPages.In(program) is { } built && built < page)
        {
            yield return FindingKinds.AllocatorPages.Of(
                $"'{name}' holds jemalloc for pages of {built / 1024} KiB, but the kernel of device '{device.Name}' has pages of {page / 1024} KiB",
                $"its function {JemallocPages.Function} answers {built}",
                $"JEMALLOC_SYS_WITH_LG_PAGE=16 ferry build --on {device.Name} (after: cargo clean -p tikv-jemalloc-sys)");
        }
    }
}
