using System.Text;

namespace Ferry.Elf.Debug;

/// <summary>DWARF 5, 6.2.4: how a line program is to be read, and the names of its files.</summary>
internal sealed class LineHeader
{
    private const int PathContent = 1;
    private const int FolderContent = 2;

    private readonly List<(string Name, int Folder)> files = [];
    private readonly List<string> folders = [];
    private readonly string compiledIn;

    private LineHeader(string compiledIn) => this.compiledIn = compiledIn;

    public int Version { get; private init; }

    public int AddressSize { get; private init; }

    /// <summary>Where the program ends, in .debug_line.</summary>
    public ulong End { get; private init; }

    public int ShortestInstruction { get; private init; }

    /// <summary>More than 1 for VLIW machines only.</summary>
    public int OperationsOfInstruction { get; private init; }

    public int LineBase { get; private init; }

    public int LineRange { get; private init; }

    /// <summary>By opcode, minus 1: how many numbers follow a standard opcode.</summary>
    public byte[] Operands { get; private init; } = [];

    public static LineHeader Read(ref DwarfCursor cursor, DebugSections sections, string folder, int addressSize)
    {
        var length = cursor.Length(out var wide);
        var end = cursor.At + length;
        var version = cursor.U16();
        if (version is < 2 or > 5 || end < length)
        {
            throw cursor.Error($"a line table of version {version} is not known");
        }

        if (version >= 5)
        {
            addressSize = cursor.U8();
            _ = cursor.U8();
        }

        var rest = cursor.Offset(wide);
        var program = cursor.At + rest;
        var shortest = cursor.U8();
        var operations = version >= 4 ? cursor.U8() : 1;
        _ = cursor.U8();
        var (lineBase, lineRange, opcodes) = ((sbyte)cursor.U8(), cursor.U8(), cursor.U8());
        var header = new LineHeader(folder)
        {
            Version = version,
            AddressSize = addressSize,
            End = end,
            ShortestInstruction = shortest,
            OperationsOfInstruction = Math.Max(operations, 1),
            LineBase = lineBase,
            LineRange = lineRange,
            Operands = cursor.Take((ulong)Math.Max(opcodes - 1, 0)).ToArray(),
        };
        if (version >= 5)
        {
            var format = new DwarfFormat(version, wide, addressSize, 0);
            ReadNames(ref cursor, format, sections, (name, _) => header.folders.Add(name));
            ReadNames(ref cursor, format, sections, (name, number) => header.files.Add((name, number)));
        }
        else
        {
            header.ReadOldNames(ref cursor);
        }

        _ = program >= cursor.At ? cursor.Take(program - cursor.At) : throw cursor.Error("a line table's header is longer than it says");
        return header;
    }

    /// <summary>DW_LNE_define_file of older versions.</summary>
    public void ReadOldFile(ref DwarfCursor cursor)
    {
        var name = Encoding.UTF8.GetString(cursor.Text());
        files.Add((name, (int)Math.Min(cursor.Uleb(), int.MaxValue)));
        _ = cursor.Uleb();
        _ = cursor.Uleb();
    }

    public string? File(int number)
    {
        // Before DWARF 5 both are counted from 1, and folder 0 is the compiler's own.
        var index = Version >= 5 ? number : number - 1;
        if (index < 0 || index >= files.Count)
        {
            return null;
        }

        var (name, folder) = files[index];
        var at = Version >= 5 ? folder : folder - 1;
        var within = at >= 0 && at < folders.Count ? Joined(compiledIn, folders[at]) : compiledIn;
        return Joined(within, name);
    }

    private static string Joined(string folder, string name) => name.StartsWith('/') || folder.Length == 0 || IsWindowsPath(name) ? name : folder.TrimEnd('/') + "/" + name;

    private static bool IsWindowsPath(string name) => name.Length > 2 && name[1] == ':' && name[2] is '\\' or '/';

    private static void ReadNames(ref DwarfCursor cursor, DwarfFormat format, DebugSections sections, Action<string, int> add)
    {
        var forms = new (ulong Content, ulong Form)[cursor.U8()];
        foreach (ref var form in forms.AsSpan())
        {
            form = (cursor.Uleb(), cursor.Uleb());
        }

        var count = cursor.Uleb();
        for (ulong i = 0; i < count && forms.Length > 0; i++)
        {
            var (name, folder) = ("", 0);
            var before = cursor.At;
            foreach (var (content, form) in forms)
            {
                var value = format.Read(ref cursor, form, 0);
                if (content == PathContent)
                {
                    name = value.Kind switch
                    {
                        DwarfValueKind.TextHere => sections.Text(sections.Lines, value.Number),
                        DwarfValueKind.Text => sections.Text(sections.Strings, value.Number),
                        DwarfValueKind.LineText => sections.Text(sections.LineStrings, value.Number),
                        _ => "",
                    };
                }
                else if (content == FolderContent && value.Number <= int.MaxValue)
                {
                    folder = (int)value.Number;
                }
            }

            // A form of no bytes could be repeated without end.
            _ = cursor.At > before ? 0 : throw cursor.Error("the names of a line table take no room");
            add(name, folder);
        }
    }

    private void ReadOldNames(ref DwarfCursor cursor)
    {
        while (cursor.Text() is { Length: > 0 } folder)
        {
            folders.Add(Encoding.UTF8.GetString(folder));
        }

        while (true)
        {
            var ahead = cursor;
            if (ahead.U8() == 0)
            {
                cursor = ahead;
                return;
            }

            ReadOldFile(ref cursor);
        }
    }
}
