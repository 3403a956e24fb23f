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

    /// <summary>The packages that brought shared libraries, by the libraries' names.</summary>
    public IReadOnlyDictionary<string, string> PackagesOfLibraries =>
        Description.Files.Where(file => file.Package is not null)
            .SelectMany(file => file.Paths.Where(SysrootPaths.IsLibrary).Select(path => (Name: DevicePath.Name(path), Package: file.Package!)))
            .DistinctBy(one => one.Name).ToDictionary(one => one.Name, one => one.Package);

    /// <summary>Whether packages were added to it.</summary>
    public bool HasPackages => Description.Files.Any(file => file.Package is not null);

    /// <summary>What it holds, in memory: the device's own libraries, or what packages have brought.</summary>
    public IReadOnlyList<SysrootContent> Contents(bool ofPackages) =>
        [.. Description.Files.Where(file => file.Package is not null == ofPackages)
            .Select(file => new SysrootContent(new WantedFile { Paths = file.Paths }, File.ReadAllBytes(PathOf(file.Paths[0])), file.Package, file.Same))];

    /// <summary>Where a path of the device lies on this PC. The path must be plain.</summary>
    public string PathOf(string devicePath) => PathOf(Folder, devicePath);

    /// <summary>Finds a library ("libc.so.6") as the device's loader would; the path on this PC, or null.</summary>
    public string? FindLibrary(string name) =>
        Description.LibraryFolders.Select(folder => PathOf(folder + "/" + name)).FirstOrDefault(File.Exists);

    internal static string PathOf(string folder, string devicePath) =>
        DevicePath.IsPlain(devicePath) ? Path.Combine([folder, .. devicePath[1..].Split('/')])
        : throw new ArgumentException("not a plain path: " + devicePath, nameof(devicePath));
}
