using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Archives;
using Ferry.Packages.Formats;
using Ferry.Remote.Sysroots;

namespace Ferry.Packages;

/// <summary>Refuses libraries of an architecture that is not the device's: a linker would name them late, or take them for not there.</summary>
internal static class ForeignFile
{
    private const string DebianSoft = "armel";

    /// <summary>Throws <see cref="FerryException"/> that names the first such file.</summary>
    public static void Refuse(IEnumerable<SysrootContent> contents, DeviceProfile profile, string device)
    {
        foreach (var content in contents)
        {
            if (Elf(content.Bytes) is { } file && Objection(file, profile.Userland) is { } what)
            {
                throw new FerryException($"'{content.Wanted.Paths[0]}' of {content.Package} is for {what}, but device '{device}' runs {Name(profile.Userland.Bits, profile.Userland.Machine)} programs",
                    help: "take the files that are made for the device");
            }
        }
    }

    /// <summary>Refuses a package by the architecture that it names.</summary>
    public static void Refuse(PackageInfo package, DeviceProfile profile, string device)
    {
        if (package.Architecture != "all" && Debian(profile.Userland) is { } own && package.Architecture != own)
        {
            throw new FerryException($"{package.Name} {package.Version} is a package for {package.Architecture}, but device '{device}' is {own}", help: "take the package that is made for the device");
        }
    }

    private static string? Debian(UserlandFacts userland) => (userland.Machine, userland.Bits, userland.HardFloat) switch
    {
        (MachineNames.AArch64, 64, _) => "arm64",
        (MachineNames.Arm, 32, true) => "armhf",
        (MachineNames.Arm, 32, false) => DebianSoft,
        ("x86-64", 64, _) => "amd64",
        ("x86", 32, _) => "i386",
        ("riscv", 64, _) => "riscv64",
        _ => null,
    };

    private static string? Objection(ElfFile file, UserlandFacts userland)
    {
        var bits = file.Class == ElfClass.Elf64 ? 64 : 32;
        return userland.Machine is null ? null
            : MachineNames.Of(file.Machine) != userland.Machine || bits != userland.Bits ? Name(bits, MachineNames.Of(file.Machine))
            : userland.HardFloat is { } hard && file.ArmFloatAbi != ArmFloatAbi.Unknown && file.ArmFloatAbi == ArmFloatAbi.Hard != hard ? $"{(hard ? "soft" : "hard")}-float {Name(bits, MachineNames.Of(file.Machine))}"
            : null;
    }

    private static string Name(int? bits, string? machine) => $"{bits}-bit {machine}";

    // Of an archive the first object: all of them are of one architecture.
    private static ElfFile? Elf(byte[] bytes)
    {
        try
        {
            return ElfArchive.IsArchive(bytes) ? ElfArchive.Read(bytes).Members.Where(member => IsElf(member.Content.Span)).Select(member => ElfFile.Read(member.Content)).FirstOrDefault()
                : IsElf(bytes) ? ElfFile.Read(bytes) : null;
        }
        catch (ElfFormatException)
        {
            return null;
        }
    }

    private static bool IsElf(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\u007fELF"u8);
}
