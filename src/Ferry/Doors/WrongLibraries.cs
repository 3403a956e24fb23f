using Ferry.Elf;
using Ferry.Linking;

namespace Ferry.Doors;

/// <summary>
/// Shared libraries for 32-bit ARM that pass floating-point numbers in other registers than the target's code: lld takes them without a word, and the program
/// computes nonsense. Objects that differ lld finds itself.
/// </summary>
internal static class WrongLibraries
{
    private const int HeaderSize = 52;

    public static void ThrowIfAny(LinkJob job, LinkPlatform platform)
    {
        if (!platform.Target.StartsWith("arm", StringComparison.Ordinal))
        {
            return;
        }

        var wanted = platform.Target.EndsWith("hf", StringComparison.Ordinal) ? ArmFloatAbi.Hard : ArmFloatAbi.Soft;
        foreach (var library in Files(job, platform))
        {
            if (FloatAbiOf(library) is var abi and not ArmFloatAbi.Unknown && abi != wanted)
            {
                throw Wrong(library, platform.Target);
            }
        }
    }

    private static FerryException Wrong(string library, string target)
    {
        var input = new LinkedObject(library, null);
        return new FerryException(
            $"'{input}' is {ObjectKind.Of(input)}, and cannot go into a program for {target}",
            $"it is {library}",
            target.EndsWith("hf", StringComparison.Ordinal) ? "take the library of a hard-float system (Debian's armhf), not of armel" : "take the library of a soft-float system (Debian's armel), not of armhf");
    }

    private static IEnumerable<string> Files(LinkJob job, LinkPlatform platform)
    {
        var folders = job.SearchFolders.Concat(platform.LibraryFolders).ToList();
        foreach (var input in job.Inputs)
        {
            var file = input switch
            {
                LinkInput.File { Path: var path } when path.EndsWith(".so", StringComparison.Ordinal) || path.Contains(".so.", StringComparison.Ordinal) => path,
                LinkInput.Library { Name: var name } => folders.Select(folder => Path.Combine(folder, name.StartsWith(':') ? name[1..] : $"lib{name}.so")).FirstOrDefault(File.Exists),
                _ => null,
            };
            if (file is not null)
            {
                yield return file;
            }
        }
    }

    private static ArmFloatAbi FloatAbiOf(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var header = new byte[HeaderSize];
            stream.ReadExactly(header);
            return ElfFile.Read(header).ArmFloatAbi;
        }
        catch (Exception e) when (e is ElfFormatException or IOException or UnauthorizedAccessException)
        {
            // A linker script, or one whose header does not say: lld's affair.
            return ArmFloatAbi.Unknown;
        }
    }
}
