using System.Text.Json;
using Ferry.Settings;

namespace Ferry.Toolchain;

/// <summary>What rustc said of itself. Kept, since asking costs a tenth of a second through rustup and the answer rarely changes.</summary>
internal sealed record RustAnswer(string Version, string Host, string Sysroot)
{
    /// <summary>
    /// Everything that decides which rustc answers: the file, and for rustup's proxies the toolchain that was asked for, RUSTUP_TOOLCHAIN,
    /// the folder with its rust-toolchain files, and rustup's settings.
    /// </summary>
    public static string KeyOf(string rustc, string? toolchain, string folder)
    {
        string[] parts =
        [
            Stamp(rustc), toolchain ?? "", Environment.GetEnvironmentVariable("RUSTUP_TOOLCHAIN") ?? "", Stamp(Path.Combine(RustupHome(), "settings.toml")),
            .. Lineage.Of(folder).SelectMany(above => new[] { Stamp(Path.Combine(above, "rust-toolchain")), Stamp(Path.Combine(above, "rust-toolchain.toml")) }),
            folder,
        ];
        return NameHash.Of(string.Join('\n', parts));
    }

    /// <summary>The answer of last time; null when there is none, or when that toolchain was changed since.</summary>
    public static RustAnswer? Remembered(string key)
    {
        try
        {
            var file = FileOf(key);
            var answer = JsonSerializer.Deserialize(File.ReadAllBytes(file), RustAnswerJson.Default.RustAnswer);
            // An update of a toolchain puts new files under the same path.
            return answer is not null && ChangedAt(answer.Sysroot) is { } changed && changed < File.GetLastWriteTimeUtc(file) ? answer : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    public void Remember(string key) =>
        AtomicFile.Write(FileOf(key), JsonSerializer.SerializeToUtf8Bytes(this, RustAnswerJson.Default.RustAnswer), lasting: false);

    private static string FileOf(string key) => Path.Combine(Folders.Cache, "rust", key + ".json");

    private static DateTime? ChangedAt(string sysroot)
    {
        var rustc = new FileInfo(Path.Combine(sysroot, "bin", OperatingSystem.IsWindows() ? "rustc.exe" : "rustc"));
        return rustc.Exists ? rustc.LastWriteTimeUtc : null;
    }

    private static string Stamp(string path) =>
        new FileInfo(path) is { Exists: true } file ? $"{path} {file.Length} {file.LastWriteTimeUtc.Ticks}" : "";

    public static string RustupHome() => Environment.GetEnvironmentVariable("RUSTUP_HOME") is { Length: > 0 } home
        ? home
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".rustup");
}
