using Ferry.Elf;
using Ferry.Elf.Archives;
using Ferry.Linking;
using Ferry.Processes;
using Ferry.Terminal;
using Ferry.Toolchain.Compilers;

namespace Ferry.Doors;

/// <summary>
/// Ferry as the archiver: ar(1) as build scripts use it, for objects of any processor and with no binutils or LLVM on this PC. What goes beyond that
/// (thin archives, scripts on stdin, places among the members) is left to an archiver of this PC.
/// </summary>
internal static class ArchiverDoor
{
    private const string Operations = "rqtxdps";
    private const string Modifiers = "cuvsSDUo";

    public static int Run(string argv0, string[] arguments)
    {
        string[] words = [.. Tokens.Of(arguments, path => File.Exists(path) ? File.ReadAllText(path) : null).Select(token => token.Text)];
        if (words is ["--version" or "-V"])
        {
            Page.Results.WriteLine("ferry-ar: writes archives as GNU ar does");
            return ExitCode.Done;
        }

        var key = words.Length > 1 ? words[0].TrimStart('-') : "";
        if (key.Length == 0 || !key.All(letter => (Operations + Modifiers).Contains(letter)) || key.Where(letter => letter != 's').Count(Operations.Contains) > 1)
        {
            LeaveToAnother(BuildToolSettings.Read(DoorPlace.FolderOf(argv0)), arguments);
        }

        return Do(key, words[1], words[2..]);
    }

    /// <summary>ranlib(1): writes the symbol table anew, which every archive here has anyway.</summary>
    public static int Index(string[] arguments) =>
        arguments.Where(argument => !argument.StartsWith('-')).Select(archive => Do("s", archive, [])).LastOrDefault(ExitCode.Done);

    private static int Do(string key, string archive, string[] names)
    {
        try
        {
            var members = File.Exists(archive) ? [.. Members(archive)] : new List<ArchiveMember>();
            return key.FirstOrDefault(letter => letter != 's' && Operations.Contains(letter), 's') switch
            {
                't' => Show(Chosen(members, names), member => Page.Results.WriteLine(member.Name)),
                'p' => Show(Chosen(members, names), member => WriteOut(member.Content)),
                'x' => Show(Chosen(members, names), Extract),
                'd' => Write(archive, [.. members.Where(member => !names.Contains(member.Name))]),
                'q' => Write(archive, [.. members, .. names.Select(FromFile)]),
                'r' => Write(archive, With(members, [.. names.Select(FromFile)])),
                _ => File.Exists(archive) ? Write(archive, members) : throw new FerryException($"there is no archive '{archive}'"),
            };
        }
        catch (Exception e) when (e is ElfFormatException or ArgumentException)
        {
            throw new FerryException($"'{archive}' cannot be read as an archive", e.Message);
        }
    }

    private static IReadOnlyList<ArchiveMember> Members(string archive) =>
        ElfArchive.Read(File.ReadAllBytes(archive)) is { IsThin: false } read ? read.Members : throw new FerryException($"'{archive}' is a thin archive: it only names its members");

    private static IEnumerable<ArchiveMember> Chosen(List<ArchiveMember> members, string[] names) =>
        names.Length == 0 ? members : members.Where(member => names.Contains(member.Name));

    private static int Show(IEnumerable<ArchiveMember> members, Action<ArchiveMember> show)
    {
        foreach (var member in members)
        {
            show(member);
        }

        return ExitCode.Done;
    }

    private static void WriteOut(ReadOnlyMemory<byte> content)
    {
        using var output = StandardStream.Output();
        output.Write(content.Span);
    }

    private static void Extract(ArchiveMember member)
    {
        if (member.Name is "" or "." or ".." || member.Name.AsSpan().ContainsAny('/', '\\', '\0'))
        {
            throw new FerryException($"the archive's member '{member.Name}' is not extracted: its name leads elsewhere");
        }

        File.WriteAllBytes(member.Name, member.Content.ToArray());
    }

    private static ArchiveMember FromFile(string path) =>
        File.Exists(path) ? new(Path.GetFileName(path), File.ReadAllBytes(path)) : throw new FerryException($"there is no file '{path}' to put into the archive");

    // r replaces the first member of that name where it stands, and adds what is new at the end.
    private static List<ArchiveMember> With(List<ArchiveMember> members, List<ArchiveMember> added)
    {
        foreach (var entry in added)
        {
            var at = members.FindIndex(member => member.Name == entry.Name);
            if (at < 0)
            {
                members.Add(entry);
            }
            else
            {
                members[at] = entry;
            }
        }

        return members;
    }

    private static int Write(string archive, IReadOnlyList<ArchiveMember> members)
    {
        var beside = $"{archive}.{Environment.ProcessId}";
        File.WriteAllBytes(beside, ArchiveWriter.Write(members));
        File.Move(beside, archive, overwrite: true);
        return ExitCode.Done;
    }

    private static void LeaveToAnother(BuildToolSettings settings, string[] arguments)
    {
        string[] names = ["llvm-ar", .. CTarget.Of(settings.Target).Prefixes.Select(prefix => prefix + "-ar"), "ar"];
        Exec.Replace(
            names.Select(Tool.Find).OfType<string>().FirstOrDefault()
            ?? throw new FerryException($"ferry-ar does not know 'ar {string.Join(' ', arguments)}', and there is no other archiver on the PATH", $"looked for {string.Join(", ", names)}", "install llvm or binutils", ExitCode.ToolMissing),
            arguments);
    }
}
