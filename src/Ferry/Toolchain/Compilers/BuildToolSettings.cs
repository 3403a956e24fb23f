using System.Text;
using Ferry.Settings;

namespace Ferry.Toolchain.Compilers;

/// <summary><c>build-tools.txt</c> of a link folder: what the doors for build scripts must know. A line a value, since it is read for every C file.</summary>
/// <param name="Target">A Rust target.</param>
/// <param name="Host">The target of this PC.</param>
/// <param name="Sysroot">The folder with the headers and .pc files of the device; empty for none.</param>
/// <param name="RustLibraries">Rust's own folder of libraries for the target: std, and for musl the C library.</param>
/// <param name="Device">Whose libraries these are, for messages; null when nobody said.</param>
internal sealed record BuildToolSettings(string Target, string Host, string Sysroot, string RustLibraries, string? Device)
{
    private const string FileName = "build-tools.txt";

    public static BuildToolSettings Read(string folder) =>
        Find(folder) ?? throw new FerryException($"no {FileName} of this version of Ferry in '{folder}'", help: "ferry run and ferry build make it anew");

    /// <summary>Null where there are none, or of another version.</summary>
    public static BuildToolSettings? Find(string folder)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(folder, FileName)) is [var target, var host, var sysroot, var rust, var device]
                ? new(target, host, sysroot, rust, device.Length > 0 ? device : null)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(string folder)
    {
        var text = string.Join('\n', Target, Host, Sysroot, RustLibraries, Device ?? "") + "\n";
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            AtomicFile.Write(file, Encoding.UTF8.GetBytes(text), lasting: false);
        }
    }

    /// <summary>
    /// Whether what runs here is meant, where the device's target is this PC's own: cargo gives a build script for the device an OUT_DIR below
    /// <c>TARGET-DIR/TRIPLE</c>, and one for this PC (of a build script's or a proc macro's own dependency) one that is not.
    /// </summary>
    public bool IsForThisPc() =>
        Target == Host && Environment.GetEnvironmentVariable("OUT_DIR") is { Length: > 0 } output
        && !output.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar).TakeLast(6).Contains(Target);
}
