using System.Text.Json;
using Ferry.Devices;
using Ferry.Processes;
using Ferry.Remote.Emulator;
using Ferry.Remote.Packing;
using Ferry.Remote.Sysroots;
using Ferry.Terminal;
using Ferry.Toolchain;

namespace Ferry.Commands;

/// <summary>
/// Holds what <c>ferry build</c> has built against the device. Which files these are, cargo says: it is asked to build once more, which
/// does nothing, and to name its artifacts.
/// </summary>
internal static class BuildCheck
{
    /// <summary>Prints what stands in the way of each program; exit code 5 if anything does.</summary>
    public static int Of(DeviceRecord device, string target, RustToolchain rust, IReadOnlyList<string> cargoWords)
    {
        var answer = Tool.Run(rust.Cargo, [.. cargoWords, "--message-format", "json", "--quiet"]);
        var messages = answer.Output.Split('\n').Where(line => line.StartsWith('{')).Select(Parse).ToList();
        string[] folders = [.. LibraryFolders(messages), Path.Combine(rust.Sysroot, "lib", "rustlib", target, "lib")];
        var sysroot = SysrootOf(device);
        var refused = 0;
        foreach (var program in messages.Select(Program).OfType<string>())
        {
            try
            {
                _ = Fitness.Ensure(Packer.Pack(program, folders), device, sysroot, folders, Status.Warn);
            }
            catch (FerryException e) when (e.Exit == ExitCode.CannotRunThere)
            {
                Errors.Print(e);
                refused++;
            }
        }

        return refused > 0 ? ExitCode.CannotRunThere : ExitCode.Done;
    }

    private static Sysroot? SysrootOf(DeviceRecord device) =>
        device.SysrootId is not { } id ? null
        : EmulatorDevice.IsName(device.Name) ? EmulatorDevice.Open(device.Name, SysrootStore.InCache, DateTimeOffset.UnixEpoch).Sysroot
        : SysrootStore.InCache.Find(id);

    /// <summary>One JSON object a line.</summary>
    private static JsonElement Parse(string line)
    {
        using var message = JsonDocument.Parse(line);
        return message.RootElement.Clone();
    }

    /// <summary>Those of programs have "executable". A build script's runs here, and has none.</summary>
    private static string? Program(JsonElement message) =>
        message.TryGetProperty("executable", out var executable) ? executable.GetString() : null;

    /// <summary>Where cargo will say, at the run, that the libraries lie which go along: those that it built, and those that build scripts named.</summary>
    private static IEnumerable<string> LibraryFolders(IEnumerable<JsonElement> messages) => messages
        .SelectMany(message => Texts(message, "filenames").Where(file => file.EndsWith(".so", StringComparison.Ordinal)).Select(file => Path.GetDirectoryName(file)!)
            .Concat(Texts(message, "linked_paths").Select(path => path[(path.IndexOf('=') + 1)..])))
        .Distinct();

    private static IEnumerable<string> Texts(JsonElement message, string name) =>
        message.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Select(text => text.GetString()!) : [];
}
