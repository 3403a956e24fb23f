using Ferry.Devices;
using Ferry.Processes;
using Ferry.Remote.Sysroots;
using Ferry.Settings;
using Ferry.Toolchain;
using Ferry.Toolchain.Compilers;

namespace Ferry.Commands;

/// <summary>A plan as a table: what <c>--dry-run</c> prints and <c>-v</c> tells. A row whose value is empty is left out.</summary>
internal static class PlanTable
{
    /// <summary>Throws <see cref="FerryException"/> for a target that rustc does not know, and where there is no linker.</summary>
    public static IReadOnlyList<PlanRow> Of(CargoPlan plan)
    {
        var (device, target) = (plan.Device.Value, plan.Target.Value);
        var from = LinkLibraries.Of(device, target, plan.Glibc?.Value);
        PlanRow[] rows =
        [
            new("device", device.Name, plan.Device.Origin),
            new("target", target, plan.Target.Origin),
            Libc(plan, from),
            new("glibc", plan.Glibc is { } glibc ? $"at least {glibc.Value}" : "", plan.Glibc?.Origin ?? ""),
            new("rustc", plan.Rust.Version, plan.Rust.Sysroot),
            Std(plan.Rust, target),
            Linker(plan.Rust),
            StartObjects(target),
            Sysroot(target, from),
            Compiler(plan),
            new("tuned for", plan.Tuned is { } tuned ? tuned.What : "", plan.Tuned?.Why ?? ""),
            new("folder", plan.Options.Folder ?? "the home folder", plan.Line.Folder is not null ? "--folder" : plan.Project.Folder?.Origin ?? "default"),
            new("variables", string.Join(' ', plan.Options.Environment.Keys.Order()), "--env and Cargo.toml"),
            new("timeout", plan.Timeout is { } limit ? TimeLimit.Text(limit.Value) : "", plan.Timeout?.Origin ?? ""),
            new("runs", string.Join(' ', [plan.Rust.Cargo, .. plan.CargoWords().Select(RawArguments.Text)]), ""),
        ];
        return [.. rows.Where(row => row.Value.Length > 0)];
    }

    private static PlanRow Libc(CargoPlan plan, DeviceRecord? from) =>
        Targets.IsStatic(plan.Target.Value) ? new("libc", "musl, in the program", "a static target: nothing of the device is needed")
        : from is null ? new("libc", "none", "no device of this target is known")
        : new("libc", $"glibc {from.Profile.Libc.Version ?? "of unknown version"} of device '{from.Name}'", plan.Glibc is null ? "the oldest among the devices of this target" : "taken back to the ceiling");

    private static PlanRow Std(RustToolchain rust, string target)
    {
        var std = TargetStd.Find(rust, target);
        return std.IsPresent ? new("std", "installed", $"for {target}") : new("std", "missing", std.Help);
    }

    private static PlanRow Linker(RustToolchain rust)
    {
        var linker = Toolchain.Linker.Find(rust);
        return new("linker", linker, linker.StartsWith(rust.Sysroot, StringComparison.Ordinal) ? "it comes with rustc" : "rustc came without one");
    }

    private static PlanRow StartObjects(string target) => Targets.IsStatic(target)
        ? new("starts with", "rustc's own crt1.o", "it brings musl and all that belongs to it")
        : new("starts with", "Ferry's start.rs", "in place of a C toolchain's crt1.o and libc_nonshared.a");

    private static PlanRow Compiler(CargoPlan plan)
    {
        var (compiler, why) = CompilerReport.Of(plan.Target.Value, plan.Rust.Host, LinkLibraries.Place(plan.Device.Value, plan.Target.Value, plan.Glibc?.Value));
        return new("C compiler", compiler, why);
    }

    private static PlanRow Sysroot(string target, DeviceRecord? from) =>
        Targets.IsStatic(target) || from is null ? new("sysroot", "", "")
        : SysrootStore.InCache.Find(from.SysrootId!) is { } sysroot ? new("sysroot", sysroot.Folder, $"the libraries of device '{from.Name}'")
        : new("sysroot", "fetched again", $"the libraries of device '{from.Name}' are not in the cache");
}
