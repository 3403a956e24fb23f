using System.Globalization;
using System.Text.RegularExpressions;

namespace Ferry.Elf.Tests;

/// <summary>What readelf -W prints, as lines of a plain form; <see cref="ElfFacts"/> writes the same of an <see cref="ElfFile"/>.</summary>
internal static partial class ReadelfFacts
{
    [GeneratedRegex(@"^  (Class|Data|Type|Entry point address|Flags): +(?:2's complement, )?([^\s,]+)")]
    private static partial Regex Header();

    [GeneratedRegex(@"^  (\S+) +0x([0-9a-f]+) 0x([0-9a-f]+) 0x([0-9a-f]+) 0x([0-9a-f]+) 0x([0-9a-f]+) ([R ][W ][E ]) +(?:0x)?([0-9a-f]+)")]
    private static partial Regex Segment();

    [GeneratedRegex(@"^  \[ *(\d+)\] (\S*) +(\S+) +([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) ([0-9a-f]+) +([A-Za-z]*) +(\d+) +(\d+) +(\d+)$")]
    private static partial Regex Section();

    [GeneratedRegex(@"^ 0x([0-9a-f]+) \((\S+)\) +(?:(?:Shared library|Library soname|Library rpath|Library runpath): \[(.*)\])?")]
    private static partial Regex Dynamic();

    [GeneratedRegex(@"^ *(\d+): ([0-9a-f]+) +(0x[0-9a-f]+|\d+) (\S+) +(\S+) +(\S+) +(?:\[.*\] +)?(UND|ABS|COM|\d+)(?: (.*))?$")]
    private static partial Regex Symbol();

    [GeneratedRegex(@"^  (?:0x)?[0-9a-f]+: Version: \d+  File: (.*)  Cnt: (\d+)$")]
    private static partial Regex Need();

    [GeneratedRegex(@"^  (?:0x)?[0-9a-f]+:   Name: (.*)  Flags: (.*)  Version: (\d+)$")]
    private static partial Regex NeededVersion();

    [GeneratedRegex(@"^  (?:0x)?[0-9a-f]+: Rev: \d+  Flags: (.*)  Index: (\d+)  Cnt: \d+  Name: (.*)$")]
    private static partial Regex Definition();

    [GeneratedRegex(@"^  (?:0x)?[0-9a-f]+: Parent \d+: (.*)$")]
    private static partial Regex Parent();

    [GeneratedRegex(@"^ +\[Requesting program interpreter: (.*)\]$")]
    private static partial Regex Interpreter();

    [GeneratedRegex(@"\bBuild ID: ([0-9a-f]+)$")]
    private static partial Regex BuildId();

    [GeneratedRegex(@"\bOS: Linux, ABI: (\S+)$")]
    private static partial Regex AbiTag();

    [GeneratedRegex("^  Tag_(CPU_name: \"(?<name>.*)\"|ABI_VFP_args: (?<args>.*)|FP_arch: (?<fp>.*)|THUMB_ISA_use: (?<thumb>.*)|CPU_arch: (?<arch>v.*))$")]
    private static partial Regex Attribute();

    private static readonly (Regex Pattern, Func<GroupCollection, string> Fact)[] Table =
    [
        (Header(), g => $"header {g[1]} {g[2]}"),
        (Interpreter(), g => $"interpreter {g[1]}"),
        (Segment(), g => $"segment {SegmentType(g[1].Value)} {Hex(g[2])} {Hex(g[3])} {Hex(g[4])} {Hex(g[5])} {Hex(g[6])} {g[7].Value.Replace(" ", "")} {Hex(g[8])}"),
        (Section(), g => $"section {g[1]} {g[2]} {SectionType(g[3].Value)} {Hex(g[4])} {Hex(g[5])} {Hex(g[6])} {Hex(g[7])} {g[9]} {g[10]} {g[11]}"),
        (Dynamic(), g => g[2].Value == "NULL" ? "" : $"dynamic {Hex(g[1])} {g[3]}"),
        (NeededVersion(), g => $"version {g[1]} {(g[2].Value.Contains("WEAK") ? "weak" : "")} {g[3]}"),
        (Need(), g => $"need {g[1]} {g[2]}"),
        (Definition(), g => $"definition {g[3]} {(g[1].Value.Contains("BASE") ? "base" : "")} {g[2]}"),
        (Parent(), g => $"parent {g[1]}"),
        (Symbol(), SymbolFact),
        (BuildId(), g => $"build id {g[1]}"),
        (AbiTag(), g => $"abi {g[1]}"),
        (Attribute(), AttributeFact),
    ];

    public static List<string> Of(IEnumerable<string> lines)
    {
        var facts = new List<string>();
        var inSymbols = false;
        foreach (var line in lines)
        {
            inSymbols = line.StartsWith("Symbol table", StringComparison.Ordinal) || (inSymbols && line.Length != 0);
            foreach (var (pattern, fact) in Table)
            {
                if (pattern.Match(line) is { Success: true } match && (inSymbols || pattern != Symbol()))
                {
                    facts.Add(fact(match.Groups));
                    break;
                }
            }
        }

        facts.RemoveAll(fact => fact.Length == 0);
        return facts;
    }

    private static string Hex(Group text) => ulong.Parse(text.ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString("x");

    private static string SegmentType(string name) => name is "LOAD" or "DYNAMIC" or "INTERP" or "NOTE" or "PHDR" or "TLS" or "GNU_STACK" or "GNU_RELRO" ? name : "other";

    private static string SectionType(string name) => name is "NULL" or "PROGBITS" or "SYMTAB" or "STRTAB" or "NOBITS" or "DYNSYM" or "RELA" or "REL" ? name : "other";

    private static string SymbolFact(GroupCollection g)
    {
        var size = g[3].Value.StartsWith("0x", StringComparison.Ordinal) ? Convert.ToUInt64(g[3].Value, 16) : ulong.Parse(g[3].ValueSpan, CultureInfo.InvariantCulture);
        // readelf gives section symbols, which have no name, that of their section.
        var name = g[4].Value == "SECTION" ? "" : NumberBehindVersion().Replace(g[8].Value, "");
        return $"symbol {g[1]} {Hex(g[2])} {size} {g[4]} {g[5]} {g[6]} {g[7]} {name}";
    }

    [GeneratedRegex(@" \(\d+\)$")]
    private static partial Regex NumberBehindVersion();

    private static string AttributeFact(GroupCollection g) =>
        g["name"].Success ? $"arm name {g["name"]}"
        : g["args"].Success ? $"arm hard {g["args"].Value == "VFP registers"}"
        : g["fp"].Success ? $"arm fp {g["fp"]}"
        : g["thumb"].Success ? $"arm thumb {g["thumb"]}"
        : $"arm arch {g["arch"]}";
}
