using Ferry.Settings;

namespace Ferry.Toolchain;

/// <summary>
/// <c>links/TARGET-HASH/</c>: everything that a link for one set of libraries needs, under a path that is its identity.
/// <code>
/// ferry-linker     names Ferry itself, which tells by this name that it is to link
/// link.json        written last
/// start-*.o        device/start.rs, compiled
/// lib/             libc.so, which names the sysroot's libc.so.6, …; with a ceiling it is a stub of it (<see cref="OldGlibc"/>)
/// </code>
/// </summary>
internal sealed record LinkFolder(string Target, string Root, Version? Glibc = null)
{
    /// <summary>What rustc calls. The stem must not end in ld, lld, link, gcc or clang: rustc guesses the language of its line from it.</summary>
    public string Linker => DoorFile.PathIn(Root, DoorFile.Linker);

    public string Libraries => Path.Combine(Root, "lib");

    /// <summary>
    /// The folder for a target and a sysroot; made where it is missing or was cut short, beside its place and then renamed, so that
    /// two Ferrys may do it at once.
    /// </summary>
    /// <param name="rust">Compiles the start-up code.</param>
    /// <param name="target">A Rust target.</param>
    /// <param name="sysroot">The device's libraries.</param>
    /// <param name="hostLinker">See <see cref="LinkSettings.HostLinker"/>.</param>
    /// <param name="ferry">Ferry's own file, where it is not this process's (tests).</param>
    /// <param name="below">Where link folders are, where it is not the cache (tests).</param>
    /// <param name="glibc">The glibc that the program must run with, when it is older than the device's.</param>
    public static LinkFolder Make(RustToolchain rust, string target, SysrootFacts sysroot, string? hostLinker = null, string? ferry = null, string? below = null, Version? glibc = null)
    {
        ferry ??= Environment.ProcessPath!;
        var folder = new LinkFolder(target, Place(target, sysroot, glibc, below), glibc);
        var settings = folder.SettingsFor(rust, sysroot, hostLinker);
        if (!folder.IsComplete(sysroot))
        {
            folder.Build(rust, sysroot, settings, ferry);
        }
        else if (folder.Differs(settings))
        {
            settings.Write(folder.Root);
        }

        DoorFile.Place(folder.Linker, ferry);
        Directory.SetLastWriteTimeUtc(folder.Root, DateTime.UtcNow); // used now: it stays
        return folder;
    }

    /// <summary>Where the folder is, or will be.</summary>
    public static string Place(string target, SysrootFacts sysroot, Version? glibc, string? below = null) =>
        Path.Combine(below ?? Path.Combine(Folders.Cache, "links"), new LinkIdentity(target, sysroot.Id, glibc).FolderName);

    private LinkSettings SettingsFor(RustToolchain rust, SysrootFacts sysroot, string? hostLinker) => new()
    {
        Version = LinkSettings.CurrentVersion,
        Target = Target,
        Linker = Toolchain.Linker.Find(rust),
        Sysroot = sysroot.Folder,
        Interpreter = sysroot.Interpreter,
        Loader = Glibc is null ? sysroot.Loader : Path.Combine(Libraries, Path.GetFileName(sysroot.Loader!)),
        Glibc = Glibc?.ToString(),
        LibraryFolders = [.. sysroot.LocalLibraryFolders],
        HostLinker = hostLinker,
    };

    // A sysroot that was removed leaves symlinks that lead nowhere.
    private bool IsComplete(SysrootFacts sysroot) =>
        LinkSettings.Read(Root) is not null
        && StartObjects.AreIn(Root, Target)
        && (sysroot.Interpreter is null || (Directory.Exists(Libraries) && Directory.EnumerateFiles(Libraries).All(SymbolicLink.LeadsToFile)));

    private bool Differs(LinkSettings settings) =>
        LinkSettings.Read(Root)?.ToBytes().AsSpan().SequenceEqual(settings.ToBytes()) != true;

    private void Build(RustToolchain rust, SysrootFacts sysroot, LinkSettings settings, string ferry)
    {
        var beside = $"{Root}.{Environment.ProcessId}-{Path.GetRandomFileName()}";
        Directory.CreateDirectory(beside);
        try
        {
            StartObjects.Compile(rust, Target, beside);
            if (sysroot.Interpreter is not null)
            {
                WriteLibraries(sysroot, beside);
            }

            DoorFile.Place(Path.Combine(beside, Path.GetFileName(Linker)), ferry);
            settings.Write(beside);
            PutInPlace(beside, sysroot);
        }
        finally
        {
            Remove(beside);
        }
    }

    private void WriteLibraries(SysrootFacts sysroot, string beside)
    {
        if (Glibc is null)
        {
            LibraryNames.Link(sysroot.LocalLibraryFolders, Path.Combine(beside, "lib"));
        }
        else
        {
            OldGlibc.Write(sysroot, Glibc, beside);
        }
    }

    private void PutInPlace(string beside, SysrootFacts sysroot)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                Directory.Move(beside, Root);
                return;
            }
            catch (IOException) when (IsComplete(sysroot))
            {
                return; // Another Ferry was faster.
            }
            catch (IOException) when (attempt < 10)
            {
                SetAside();
            }
        }
    }

    // What is there was cut short. Renamed first: a folder that is half removed must not lie under the good name.
    private void SetAside()
    {
        var old = $"{Root}.{Environment.ProcessId}-{Path.GetRandomFileName()}";
        try
        {
            Directory.Move(Root, old);
            Remove(old);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
