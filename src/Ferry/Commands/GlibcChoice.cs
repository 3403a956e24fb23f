using System.Text.RegularExpressions;
using Ferry.Devices;
using Ferry.Remote.Emulator;
using Ferry.Settings;

namespace Ferry.Commands;

/// <summary>The glibc that a program must run with: <c>--glibc</c>, or Cargo.toml's word; a version, or the name of a device that has it.</summary>
internal static partial class GlibcChoice
{
    public const string Typed = "--glibc";

    /// <summary>The oldest glibc that Rust's gnu targets run on (rustc's platform support page). On 64-bit ARM there is no older one at all.</summary>
    private static readonly Version Oldest = new(2, 17);

    /// <summary>Null when nothing was said, or when a static target has no use for what Cargo.toml says.</summary>
    public static Setting<Version>? For(string? typed, Setting<string>? project, string target)
    {
        if (typed is null && project is null)
        {
            return null;
        }

        if (Targets.IsStatic(target))
        {
            return typed is null ? null : throw new FerryException(
                $"{Typed} says nothing to a program for {target}", "it is static, and needs no glibc at all", $"leave {Typed} out", ExitCode.WrongUsage);
        }

        var said = typed is null ? new Setting<string>(project!.Value.Value, project.Value.Origin + " of Cargo.toml") : new Setting<string>(typed, Typed);
        return VersionPattern().IsMatch(said.Value)
            ? new(Checked(Version.Parse(said.Value), said.Origin, target), said.Origin)
            : OfDevice(said, target);
    }

    private static Setting<Version> OfDevice(Setting<string> said, string target)
    {
        var device = EmulatorDevice.IsName(said.Value) ? DeviceChoice.Emulator(said.Value) : DeviceBook.Find(said.Value) ?? throw Unknown(said);
        return device.Profile.Libc.Kind == LibcKind.Glibc && Version.TryParse(device.Profile.Libc.Version, out var version)
            ? new(Checked(new Version(version.Major, version.Minor), said.Origin, target), $"{said.Origin}, of device '{device.Name}'")
            : throw new FerryException(
                $"device '{device.Name}' has no glibc whose version is known",
                $"{said.Origin} says '{said.Value}'",
                $"give a version: {Typed} 2.28",
                ExitCode.WrongUsage);
    }

    private static FerryException Unknown(Setting<string> said) => new(
        $"'{said.Value}' is neither a version of glibc nor a device",
        said.Origin == Typed ? null : $"it is what {said.Origin} says",
        Spelling.Nearest(said.Value, DeviceBook.Names()) is { } near ? $"did you mean '{near}'?" : $"a version is written as in {Typed} 2.28",
        ExitCode.WrongUsage);

    private static Version Checked(Version version, string origin, string target) => version >= Oldest ? version : throw new FerryException(
        $"no program for {target} runs with glibc {version}",
        target.StartsWith("aarch64", StringComparison.Ordinal) ? $"glibc begins at {Oldest} on aarch64 ({origin})" : $"Rust needs glibc {Oldest} or newer ({origin})",
        $"{Typed} {Oldest}, or a static program: --static",
        ExitCode.WrongUsage);

    // Each part small enough for a number.
    [GeneratedRegex(@"^[0-9]{1,4}\.[0-9]{1,4}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionPattern();
}
