using System.Globalization;
using Ferry.Settings;
using Ferry.Toolchain;

namespace Ferry.Commands;

/// <summary>
/// The files that decide what <c>ferry run</c> does, besides what was typed, the folder and the environment. Each is known by its length and its time of
/// change, a folder by its time alone (a file that comes or goes changes it); what is missing counts as well.
/// </summary>
internal static class PlanStamps
{
    public static IEnumerable<string> Files(CargoPlan plan, string linkFolder)
    {
        var rustlib = Path.Combine(plan.Rust.Sysroot, "lib", "rustlib");
        var folders = Lineage.Of(Environment.CurrentDirectory).ToList();
        return
        [
            Environment.ProcessPath!, plan.Rust.Cargo, plan.Rust.Rustc,
            Path.Combine(plan.Rust.Sysroot, "bin", "rustc"), Path.Combine(rustlib, plan.Target.Value, "lib"), Path.Combine(rustlib, plan.Rust.Host, "bin"),
            .. folders.SelectMany(folder => new[] { "Cargo.toml", "rust-toolchain", "rust-toolchain.toml" }.Select(name => Path.Combine(folder, name))),
            // With --tune the user's own rustflags decide where Ferry's go.
            .. plan.Tuned is null ? [] : folders.Select(folder => Path.Combine(folder, ".cargo")).Append(CargoConfiguration.Home).SelectMany(folder => new[] { "config.toml", "config" }.Select(name => Path.Combine(folder, name))),
            Path.Combine(RustAnswer.RustupHome(), "settings.toml"),
            Path.Combine(Folders.Config, "settings.json"), Path.Combine(Folders.Config, "devices"),
            .. DeviceBook.Names().Select(name => Path.Combine(Folders.Config, "devices", name + ".json")),
            .. plan.Device.Value.SysrootId is { } id ? (string[])[Path.Combine(Folders.Cache, "sysroots", id, "sysroot.json")] : [],
            linkFolder, .. Directory.GetFiles(linkFolder), Path.Combine(Folders.Cache, "bin"),
            // Where a C compiler may appear.
            .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        ];
    }

    public static string Of(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}")
            : Directory.Exists(path) ? Directory.GetLastWriteTimeUtc(path).Ticks.ToString(CultureInfo.InvariantCulture)
            : "";
    }
}
