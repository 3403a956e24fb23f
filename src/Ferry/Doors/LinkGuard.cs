using Ferry.Elf;
using Ferry.Elf.Archives;
using Ferry.Elf.Inspection;
using Ferry.Linking;
using Ferry.Toolchain;

namespace Ferry.Doors;

/// <summary>
/// The objects of a link that do not fit the target, by their headers and build attributes. Found before lld runs, in a glance at each; refused when lld has
/// taken them in: of an archive it takes what somebody wants, and the rest may be what it likes.
/// </summary>
internal sealed class LinkGuard
{
    private readonly string target;
    private readonly Dictionary<LinkedObject, Misfit> suspects = [];

    private LinkGuard(string target) => this.target = target;

    public bool HasSuspects => suspects.Count > 0;

    /// <summary>Looks at all inputs but those that rustc compiled, or that are Rust's own.</summary>
    public static LinkGuard Look(LinkJob job, LinkPlatform platform)
    {
        var guard = new LinkGuard(platform.Target);
        foreach (var path in ObjectFit.Matters(platform.Target) ? Files(job, platform).Distinct() : [])
        {
            guard.LookAt(path);
        }

        return guard;
    }

    /// <summary>Throws <see cref="FerryException"/> with the first of the suspects that the link map has.</summary>
    public void ThrowIfLinked(LinkMap map)
    {
        foreach (var from in map.Entries.Select(entry => entry.From).Distinct())
        {
            if (suspects.TryGetValue(from, out var misfit))
            {
                throw Refusal(from, misfit);
            }
        }
    }

    private FerryException Refusal(LinkedObject from, Misfit misfit)
    {
        var crate = CrateName.Of(from);
        var soft = !target.EndsWith("hf", StringComparison.Ordinal);
        return new FerryException(
            $"'{from}' is {ObjectKind.Of(from)}, and cannot go into a program for {target}",
            $"{(crate is null ? $"it is {from.Path}" : $"crate {crate} brought it: {from.Path}")}\n"
                + (misfit == Misfit.FloatAbi ? $"it passes floating-point numbers in {(soft ? "VFP" : "integer")} registers, this program in {(soft ? "integer" : "VFP")} ones" : "it was compiled for newer processors than this target's"),
            misfit == Misfit.Architecture ? "compile it for this target, as ferry build does with C code that a build script compiles"
                : soft ? "take the library of a soft-float system (Debian's armel), or compile it for this target" : "take the library of a hard-float system (Debian's armhf), or compile it for this target");
    }

    private static IEnumerable<string> Files(LinkJob job, LinkPlatform platform)
    {
        var folders = job.SearchFolders.Concat(platform.LibraryFolders).ToList();
        var isStatic = job.IsStatic;
        foreach (var input in job.Inputs)
        {
            switch (input)
            {
                case LinkInput.State { Option: "-Bstatic" or "-Bdynamic" } state:
                    isStatic = state.Option == "-Bstatic";
                    break;
                case LinkInput.File { Path: var path } when !path.EndsWith(".rcgu.o", StringComparison.Ordinal) && !CrateName.IsRustsOwn(new(path, null)):
                    yield return path;
                    break;
                case LinkInput.Library { Name: var name } when Archive(name, folders, isStatic) is { } archive && !CrateName.IsRustsOwn(new(archive, null)):
                    yield return archive;
                    break;
            }
        }
    }

    // As linkers search: folder by folder, a shared library before an archive.
    private static string? Archive(string name, List<string> folders, bool isStatic)
    {
        foreach (var folder in folders)
        {
            if (!isStatic && File.Exists(Path.Combine(folder, $"lib{name}.so")))
            {
                return null;
            }

            if (Path.Combine(folder, name.StartsWith(':') ? name[1..] : $"lib{name}.a") is var path && File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private void LookAt(string path)
    {
        try
        {
            using var file = new MappedBytes(path);
            if (!ElfArchive.IsArchive(file.Memory.Span))
            {
                LookAt(new(path, null), file.Memory);
                return;
            }

            foreach (var member in ElfArchive.Read(file.Memory).Members)
            {
                LookAt(new(path, member.Name), member.Content);
            }
        }
        catch (Exception e) when (e is ElfFormatException or IOException or UnauthorizedAccessException)
        {
            // A damaged input, or a linker script: lld's affair.
        }
    }

    private void LookAt(LinkedObject item, ReadOnlyMemory<byte> bytes)
    {
        if (!CrateName.IsRust(item) && ObjectGlance.Of(bytes) is { } glance && ObjectFit.Of(glance, target) is { } misfit)
        {
            suspects.TryAdd(item, misfit);
        }
    }
}
