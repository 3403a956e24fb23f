using Ferry.Elf;
using Ferry.Elf.Instructions;

namespace Ferry.Devices;

/// <summary>
/// Holds a program against a device: what would fail there is found here. It finds what the kernel and the loader would refuse,
/// by the same facts; a fact that is not known stops nothing. <see cref="FindingKinds"/> has all that it can find.
/// </summary>
public static class ProgramCheck
{
    /// <summary>Goes up whenever the check finds more or less than before: answers that were kept are no longer good.</summary>
    public const int Version = 2;

    /// <summary>What stands in the way, the first obstacle first; empty when nothing does.</summary>
    /// <param name="program">The program, not stripped of its dynamic section.</param>
    /// <param name="name">The program's name, for the messages.</param>
    /// <param name="device">The device.</param>
    /// <param name="isForStaticTarget">Whether it was built to need nothing of the device, see <see cref="Target.IsStatic"/>.</param>
    /// <param name="file">The program as a file, where that is known.</param>
    /// <exception cref="ElfFormatException">A table of the program is broken.</exception>
    public static IReadOnlyList<Finding> Of(ElfFile program, string name, DeviceFacts device, bool isForStaticTarget = false, FileFacts? file = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(device);
        if (SegmentCheck.Cut(program, name) is { } cut)
        {
            return [cut];
        }

        var findings = ArchitectureCheck.Of(program, name, device).ToList();
        if (findings.Exists(finding => finding.Severity == Severity.Error))
        {
            // A program for another machine needs other libraries, too: saying so again would hide the reason.
            return findings;
        }

        findings.AddRange(SegmentCheck.Of(program, name, device));
        if (isForStaticTarget)
        {
            findings.AddRange(StaticCheck.Of(program, name, device));
        }

        findings.AddRange(StartCheck.Of(program, name, device));
        findings.AddRange(Kernel(program, name, device));
        findings.AddRange(Libraries(program, name, device));
        findings.AddRange(InstructionCheck.Of(program, name, device));
        findings.AddRange(AllocatorCheck.Of(program, name, device));
        if (file is not null)
        {
            findings.AddRange(PlaceCheck.Of(file, name, device));
        }

        return findings;
    }

    // What a program of another width needs are not the libraries that are known of the device.
    private static List<Finding> Libraries(ElfFile program, string name, DeviceFacts device)
    {
        // A shared library names no loader, and needs libraries all the same.
        var findings = program.Interpreter is { } loader ? Loader(loader, name, device).ToList() : [];
        if (program.Dynamic is { Needed.Count: > 0 } dynamic && ArchitectureCheck.IsOwn(program, device.Profile))
        {
            var facts = LibraryFacts.Of(name, program);
            findings.AddRange(LibraryCheck.Of(facts, dynamic, device, symbol => SymbolUsers.First(program, symbol)));
            findings.AddRange(TimeCheck.Of(facts, device));
        }

        return findings;
    }

    private static IEnumerable<Finding> Loader(string loader, string name, DeviceFacts device)
    {
        var libc = device.Profile.Libc;
        if (libc.Interpreter == loader || libc.Loaders.Contains(loader) || !DevicePath.IsPlain(loader))
        {
            yield break;
        }

        var there = libc.Loaders.Count > 0 ? string.Join(", ", libc.Loaders) : "none";
        yield return FindingKinds.Loader.Of(
            $"'{name}' needs the loader {loader}, which device '{device.Name}' does not have",
            $"loaders that were found there: {there}",
            $"build it for the device: ferry build --on {device.Name}");
    }

    // The loader of glibc refuses a kernel older than the tag of the libraries; the program's own tag is only a word of its linker.
    private static IEnumerable<Finding> Kernel(ElfFile program, string name, DeviceFacts device)
    {
        if (program.AbiTag is { Os: 0 } tag && KernelRelease.Version(device.Profile.Kernel.Release) is { } kernel && kernel < tag.Kernel)
        {
            yield return FindingKinds.Kernel.Of(
                $"'{name}' is marked for Linux {tag.Kernel} and later, but device '{device.Name}' has {device.Profile.Kernel.Release}", "the program's note NT_GNU_ABI_TAG");
        }
    }
}
