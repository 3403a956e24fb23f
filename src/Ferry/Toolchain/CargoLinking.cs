using Ferry.Processes;
using Ferry.Toolchain.Compilers;

namespace Ferry.Toolchain;

/// <summary>
/// The environment that makes cargo link and run through Ferry. Variables, since they win over every form of a user's
/// own files; and no rustflags, since those vanish when RUSTFLAGS is set.
/// </summary>
internal static class CargoLinking
{
    /// <summary>Whether rustc would find a linker for this PC by itself.</summary>
    public static bool HasCompiler => Tool.Find("cc") is not null;

    /// <summary>What cargo's environment gets besides what it has.</summary>
    /// <param name="rust">Says what this PC is.</param>
    /// <param name="link">The link for the device.</param>
    /// <param name="runner">The file that cargo starts a program with.</param>
    /// <param name="hasCompiler">Whether this PC has a <c>cc</c>, which then links what runs here.</param>
    /// <param name="ferry">Ferry's own file, where it is not this process's (tests).</param>
    /// <param name="below">Where link folders are, where it is not the cache (tests).</param>
    public static IReadOnlyDictionary<string, string?> Environment(RustToolchain rust, LinkFolder link, string? runner, bool hasCompiler, string? ferry = null, string? below = null)
    {
        var variables = new Dictionary<string, string?> { [LinkerVariable(link.Target)] = link.Linker };
        if (runner is not null)
        {
            AddRunner(variables, link.Target, runner);
        }

        if (link.Target != rust.Host && !hasCompiler && HostLink(rust, ferry, below) is { } host)
        {
            variables[LinkerVariable(rust.Host)] = host.Linker;
        }

        if (BuildToolSettings.Find(link.Root) is { } tools)
        {
            BuildVariables.AddTo(variables, link.Root, tools);
        }

        return variables;
    }

    /// <summary>The variable that names the linker, and with it the link's identity.</summary>
    public static string LinkerVariable(string target) => Variable(target, "LINKER");

    /// <summary>The link folder for what runs on this PC; null where Ferry cannot link for it (macOS, Windows, musl).</summary>
    public static LinkFolder? HostLink(RustToolchain rust, string? ferry = null, string? below = null) =>
        HostSysroot.Find(rust.Host) is { } sysroot ? LinkFolder.Make(rust, rust.Host, sysroot, ferry: ferry, below: below) : null;

    /// <summary>The link folder for a device; where the device is of this PC's own target, it also knows what to do with what runs here.</summary>
    public static LinkFolder DeviceLink(RustToolchain rust, string target, SysrootFacts sysroot, string? ferry = null, string? below = null, Version? glibc = null) =>
        WithBuildTools(LinkFolder.Make(rust, target, sysroot, target == rust.Host ? HostLink(rust, ferry, below)?.Linker : null, ferry, below, glibc), rust, sysroot, ferry);

    private static LinkFolder WithBuildTools(LinkFolder link, RustToolchain rust, SysrootFacts sysroot, string? ferry)
    {
        var libraries = Path.Combine(rust.Sysroot, "lib", "rustlib", link.Target, "lib");
        BuildTools.Place(link.Root, new BuildToolSettings(link.Target, rust.Host, sysroot.Headers, libraries, sysroot.Device), ferry ?? System.Environment.ProcessPath!);
        return link;
    }

    /// <summary>cargo's rule: upper case, every dash and dot an underscore.</summary>
    public static string Variable(string target, string what) =>
        $"CARGO_TARGET_{target.ToUpperInvariant().Replace('-', '_').Replace('.', '_')}_{what}";

    // cargo splits the runner at blanks and knows no quotes: then by its bare name, which is found through PATH.
    private static void AddRunner(Dictionary<string, string?> variables, string target, string runner)
    {
        var splits = runner.Any(char.IsWhiteSpace);
        variables[Variable(target, "RUNNER")] = splits ? Path.GetFileName(runner) : runner;
        if (splits)
        {
            variables["PATH"] = Path.GetDirectoryName(runner) + Path.PathSeparator + System.Environment.GetEnvironmentVariable("PATH");
        }
    }
}
