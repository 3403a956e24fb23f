using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>
/// Holds a program against a device: what would fail there is found here. It finds what the kernel and the loader would refuse,
/// by the same facts; a fact that is not known stops nothing.
/// </summary>
public static class ProgramCheck
{
    /// <summary>What stands in the way, the first obstacle first; empty when nothing does.</summary>
    /// <param name="program">The program, not stripped of its dynamic section.</param>
    /// <param name="name">The program's name, for the messages.</param>
    /// <param name="device">The device.</param>
    /// <param name="isForStaticTarget">Whether it was built to need nothing of the device, see <see cref="Target.IsStatic"/>.</param>
    /// <exception cref="ElfFormatException">A table of the program is broken.</exception>
    public static IReadOnlyList<Finding> Of(ElfFile program, string name, DeviceFacts device, bool isForStaticTarget = false)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(device);
        var findings = ArchitectureCheck.Of(program, name, device).ToList();
        if (findings.Count > 0)
        {
            // A program for another machine needs other libraries, too: saying so again would hide the reason.
            return findings;
        }

        if (isForStaticTarget)
        {
            findings.AddRange(StaticCheck.Of(program, name, device));
        }

        findings.AddRange(Kernel(program, name, device));
        if (program.Interpreter is { } loader)
        {
            findings.AddRange(Loader(loader, name, device));
        }

        if (program.Dynamic is { } dynamic && program.Interpreter is not null)
        {
            findings.AddRange(LibraryCheck.Of(LibraryFacts.Of(name, program), dynamic, device));
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
        yield return new Finding
        {
            Severity = Severity.Error,
            Id = "loader",
            Message = $"'{name}' needs the loader {loader}, which device '{device.Name}' does not have",
            Cause = $"loaders that were found there: {there}",
            Help = $"build it for the device: ferry build --on {device.Name}",
        };
    }

    // The loader of glibc refuses a kernel older than the tag of the libraries; the program's own tag is only a word of its linker.
    private static IEnumerable<Finding> Kernel(ElfFile program, string name, DeviceFacts device)
    {
        if (program.AbiTag is { Os: 0 } tag && KernelVersion(device.Profile.Kernel.Release) is { } kernel && kernel < tag.Kernel)
        {
            yield return new Finding
            {
                Severity = Severity.Warning,
                Id = "kernel",
                Message = $"'{name}' is marked for Linux {tag.Kernel} and later, but device '{device.Name}' has {device.Profile.Kernel.Release}",
                Cause = "the program's note NT_GNU_ABI_TAG",
            };
        }
    }

    private static Version? KernelVersion(string? release)
    {
        var numbers = new string([.. (release ?? "").TakeWhile(letter => char.IsAsciiDigit(letter) || letter == '.')]).TrimEnd('.');
        return Version.TryParse(numbers, out var version) ? version : null;
    }
}
