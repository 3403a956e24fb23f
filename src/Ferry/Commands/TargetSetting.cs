using Ferry.Devices;
using Ferry.Settings;

namespace Ferry.Commands;

/// <summary>Which target is meant, and why: <c>--target</c>, <c>--static</c>, Cargo.toml's <c>static</c>, the device's own; in this order.</summary>
internal static class TargetSetting
{
    public static Setting<string> For(CargoLine line, ProjectSettings project, DeviceRecord device)
    {
        if (line.Values("--target").LastOrDefault() is { } typed)
        {
            return line.Static && !Targets.IsStatic(typed) ? throw Contradiction(typed) : new(typed, "--target");
        }

        if (device.Target.Triple is not { } own)
        {
            throw new FerryException($"there is no Rust target for device '{device.Name}'", device.Target.Reason);
        }

        var (wanted, origin) = line.Static ? (true, "--static") : project.Static is { } set ? (set.Value, $"static in {set.Origin} of Cargo.toml") : (false, "");
        return !wanted || Targets.IsStatic(own) ? new(own, device.Target.Reason)
            : Targets.StaticTwin(own) is { } twin ? new(twin, $"{origin}: the static target in place of {own}")
            : throw NoTwin(own, origin);
    }

    private static FerryException Contradiction(string target) => Targets.StaticTwin(target) is { } twin
        ? new($"'--static' and '--target {target}' contradict each other", $"programs for {target} need the device's own libraries", $"leave one of them out, or name the static target: --target {twin}", ExitCode.WrongUsage)
        : NoTwin(target, "--static");

    private static FerryException NoTwin(string target, string origin) =>
        new($"ferry knows no static target in place of {target}", $"a static one is wanted by {origin}", "name one yourself, such as --target aarch64-unknown-linux-musl; all of them: rustc --print target-list", ExitCode.WrongUsage);
}
