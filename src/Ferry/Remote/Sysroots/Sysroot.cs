using Ferry.Devices;
using Ferry.Toolchain;

namespace Ferry.Remote.Sysroots;

/// <summary>A device's libraries as they are kept on this PC, at the device's own paths below <see cref="Folder"/>.</summary>
internal sealed record Sysroot(string Folder, SysrootDescription Description)
{
    public string Id => Description.Id;

    /// <summary>What a link must know of it.</summary>
    public SysrootFacts Facts => new(Id, Folder, Description.Interpreter, Description.LibraryFolders);

    /// <summary>The libraries by name, for <see cref="DeviceFacts.Libraries"/>.</summary>
    public IReadOnlyDictionary<string, LibraryFacts> Libraries => Description.Libraries.ToDictionary(library => library.Name);

    /// <summary>Where a path of the device lies on this PC. The path must be plain.</summary>
    public string PathOf(string devicePath) => PathOf(Folder, devicePath);

    /// <summary>Finds a library ("libc.so.6") as the device's loader would; the path on this PC, or null.</summary>
    public string? FindLibrary(string name) =>
        Description.LibraryFolders.Select(folder => PathOf(folder + "/" + name)).FirstOrDefault(File.Exists);

    internal static string PathOf(string folder, string devicePath) =>
        DevicePath.IsPlain(devicePath) ? Path.Combine([folder, .. devicePath[1..].Split('/')])
        : throw new ArgumentException("not a plain path: " + devicePath, nameof(devicePath));
}
