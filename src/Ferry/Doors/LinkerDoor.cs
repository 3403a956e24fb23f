using Ferry.Devices;
using Ferry.Linking;
using Ferry.Processes;
using Ferry.Toolchain;

namespace Ferry.Doors;

/// <summary>
/// Ferry as the linker that rustc calls: reads the line, and has lld do it. On the path of every link, so neither commands nor Spectre are
/// loaded here.
/// </summary>
internal static class LinkerDoor
{
    /// <param name="argv0">The name by which Ferry was started, its symlink not resolved: link.json lies beside it.</param>
    /// <param name="args">A gcc-style line.</param>
    public static int Run(string argv0, string[] args)
    {
        var folder = DoorPlace.FolderOf(argv0);
        var settings = LinkSettings.Read(folder)
            ?? throw new FerryException($"no {LinkSettings.FileName} of this version of Ferry in '{folder}'", help: "ferry run and ferry build make it anew");
        try
        {
            var line = Tokens.Of(args, path => File.Exists(path) ? File.ReadAllText(path) : null);
            if (settings.HostLinker is { } hostLinker && !CargoOutput.IsForDevice(line, settings.Target))
            {
                Exec.Replace(Tool.Find("cc") ?? hostLinker, args);
            }

            var job = LinkJob.Parse(line);
            var platform = PlatformOf(settings, folder);
            ThrowIfLibcIsMissing(job, platform);
            ThrowIfNotStatic(job, platform);
            return new Link(settings, folder, new LldRun(LinkerFor(settings), platform, Scratch(args, job))).Run(job);
        }
        catch (LinkerLineException e)
        {
            throw new FerryException(e.Message, help: e.Help);
        }
    }

    private static LinkPlatform PlatformOf(LinkSettings settings, string folder)
    {
        var platform = StartObjects.AddTo(new LinkPlatform { Target = settings.Target }, folder);
        return settings.Interpreter is null
            ? platform
            : platform with
            {
                Interpreter = settings.Interpreter,
                Loader = settings.Loader,
                Sysroot = settings.Sysroot,
                LibraryFolders = [Path.Combine(folder, "lib"), .. settings.LibraryFolders],
                LibrariesLackSymbols = settings.Glibc is not null,
            };
    }

    // rustc puts its own folder of tools first in the PATH of the linker: a linker of the same LLVM, which -C linker-plugin-lto needs.
    private static string LinkerFor(LinkSettings settings)
    {
        var linker = Tool.Find("rust-lld") ?? settings.Linker;
        return File.Exists(linker)
            ? linker
            : throw new FerryException($"no linker: neither rust-lld on rustc's PATH nor '{linker}'", help: "rustup brings rust-lld with every toolchain; with a distribution's Rust install its package lld");
    }

    // lld's own words would be "unable to find library -lc".
    private static void ThrowIfLibcIsMissing(LinkJob job, LinkPlatform platform)
    {
        if (job.IsStatic && job.StartFiles && !job.SearchFolders.Concat(platform.LibraryFolders).Any(folder => File.Exists(Path.Combine(folder, "libc.a"))))
        {
            throw new FerryException(
                $"a static program for {platform.Target} wants glibc's libc.a, which a device does not have",
                help: $"for static programs use the target {Targets.StaticTwin(platform.Target)}; or, on Debian and its kin, bring libc.a: ferry sysroot add DEVICE libc6-dev libgcc-12-dev; or leave +crt-static out");
        }
    }

    // Of a static target's device Ferry keeps no libraries. lld's own words would be "unable to find library -lgcc_s".
    private static void ThrowIfNotStatic(LinkJob job, LinkPlatform platform)
    {
        if (platform.Interpreter is null && !job.IsStatic && !job.SearchFolders.Any(folder => File.Exists(Path.Combine(folder, "libc.so"))))
        {
            throw new FerryException(
                $"ferry links programs for {platform.Target} statically, but this one is to be linked against shared libraries",
                "the linker line names neither -static nor -static-pie: rustflags with -C target-feature=-crt-static do that",
                "leave -C target-feature=-crt-static out of RUSTFLAGS and of .cargo/config.toml");
        }
    }

    // rustc's folder for its own response file, or for symbols.o, which is first on its lines: it removes them when the link is done.
    private static string Scratch(string[] args, LinkJob job) =>
        Path.GetDirectoryName(Path.GetFullPath(
            args.Where(word => word.StartsWith('@')).Select(word => word[1..]).FirstOrDefault()
            ?? job.Inputs.OfType<LinkInput.File>().Select(file => file.Path).FirstOrDefault(path => Path.GetFileName(path) == "symbols.o")
            ?? job.Output))!;
}
