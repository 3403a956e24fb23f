using Ferry.Processes;
using Ferry.Terminal;
using Ferry.Toolchain.Compilers;

namespace Ferry.Doors;

/// <summary>
/// Ferry as the pkg-config that a build script calls: the real one, shown the .pc files of the device's sysroot and no others. An answer that names a folder of this PC
/// is an error, since what is linked from there cannot run on the device.
/// </summary>
internal static class PkgConfigDoor
{
    public static int Run(string argv0, string[] arguments)
    {
        var folder = DoorPlace.FolderOf(argv0);
        var settings = BuildToolSettings.Read(folder);
        var tool = Tool.Find("pkg-config") ?? Tool.Find("pkgconf")
            ?? throw new FerryException("a build script asks pkg-config for a library, and there is no pkg-config on the PATH", help: InstallHint.PkgConfig, exit: ExitCode.ToolMissing);
        if (settings.IsForThisPc())
        {
            Exec.Replace(tool, arguments);
        }

        var answer = Tool.Run(tool, arguments, environment: Surroundings(settings));
        if (answer.Succeeded)
        {
            ThrowIfOfThisPc(answer.Output, arguments, settings);
        }

        Page.Results.Write(answer.Output);
        Page.Messages.Write(answer.Errors);
        if (!answer.Succeeded && MissingPcFile.In(answer.Errors, settings) is { } missing && SaidOnce.IsNew(folder, missing.Message))
        {
            Errors.Print(missing);
        }

        return answer.ExitCode;
    }

    /// <summary>The user's own word for this target stays; what they have set for this PC is of no use.</summary>
    private static Dictionary<string, string?> Surroundings(BuildToolSettings settings) => new()
    {
        ["PKG_CONFIG_LIBDIR"] = Own("PKG_CONFIG_LIBDIR", settings) ?? string.Join(Path.PathSeparator, PcFolders.For(settings)),
        ["PKG_CONFIG_SYSROOT_DIR"] = Own("PKG_CONFIG_SYSROOT_DIR", settings) ?? PcFolders.Root(settings),
        ["PKG_CONFIG_PATH"] = Own("PKG_CONFIG_PATH", settings),
    };

    private static string? Own(string name, BuildToolSettings settings) =>
        BuildVariables.UsersOwn(name, settings.Target, settings.Host) is { } form && form != name ? Environment.GetEnvironmentVariable(form) : null;

    private static void ThrowIfOfThisPc(string answer, string[] arguments, BuildToolSettings settings)
    {
        var root = Own("PKG_CONFIG_SYSROOT_DIR", settings) is { } own && own != PcFolders.Root(settings) ? own : settings.Sysroot;
        var foreign = answer.Split((char[])[' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.StartsWith("-I/", StringComparison.Ordinal) || word.StartsWith("-L/", StringComparison.Ordinal))
            .FirstOrDefault(word => root.Length == 0 || root == "/" || !IsBelow(word[2..], root));
        if (foreign is not null)
        {
            throw new FerryException(
                $"pkg-config answers with a folder that is not the device's: {foreign}",
                $"asked: pkg-config {string.Join(' ', arguments)}",
                $"only what lies below {(root.Length is 0 or 1 ? "the device's sysroot" : $"'{root}'")} can be linked; look at the PKG_CONFIG_ variables of your environment");
        }
    }

    private static bool IsBelow(string path, string root) =>
        Path.GetFullPath(path).StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
