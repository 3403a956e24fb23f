using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>Whether a program needs nothing of a device: neither a loader (PT_INTERP) nor libraries (DT_NEEDED).</summary>
public static class StaticCheck
{
    /// <summary>Whether it is such a program; a static one may still have a dynamic section, by which it relocates itself (static-pie).</summary>
    public static bool IsStatic(ElfFile program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program.Interpreter is null && program.Dynamic is not { Needed.Count: > 0 };
    }

    /// <summary>
    /// For a program of a static target: what it needs all the same. A warning where the device has the loader, since it may run there
    /// (Alpine's musl), and an error elsewhere.
    /// </summary>
    internal static IEnumerable<Finding> Of(ElfFile program, string name, DeviceFacts device)
    {
        if (IsStatic(program))
        {
            yield break;
        }

        string?[] needs = [program.Interpreter is { } loader ? "the loader " + loader : null, .. program.Dynamic?.Needed ?? []];
        yield return FindingKinds.NotStatic.Of(
            $"'{name}' is not static: it needs {string.Join(", ", needs.Where(need => need is not null))}",
            "it was built for a static target, and something asked for shared libraries (rustflags with -C target-feature=-crt-static do)",
            "leave -C target-feature=-crt-static out of RUSTFLAGS and of .cargo/config.toml")
            with { Severity = program.Interpreter is { } its && device.Profile.Libc.Loaders.Contains(its) ? Severity.Warning : Severity.Error };
    }
}
