using System.Text.RegularExpressions;
using Ferry.Elf;
using Ferry.Elf.Instructions;
using Ferry.Linking;
using Ferry.Terminal;

namespace Ferry.Doors;

/// <summary>
/// Whether a program for ARMv6 and older is free of newer instructions: all of its code is decoded, since lld keeps the build attributes of the first object
/// only and they would prove nothing. The link map says which object a culprit is from.
/// </summary>
internal sealed partial class OldArmProof(string target, string name, IReadOnlyList<string> allowed)
{
    private const int Shown = 5;
    private static readonly LinkedObject Internal = new("<internal>", null);

    /// <summary>Targets whose processors may lack what came with ARMv7.</summary>
    public static bool IsFor(string target) => target.Split('-')[0] is "arm" or "armv4t" or "armv5te" or "armv6";

    /// <summary>Throws <see cref="FerryException"/> with the objects that hold such code.</summary>
    public void Ensure(byte[] program, LinkMap map)
    {
        var file = ElfFile.Read(program);
        var code = ArmCode.Of(file);
        var culprits = Culprits(file, code, map).ToList();
        foreach (var culprit in culprits.Where(IsAllowed))
        {
            Status.Note($"{culprit.From} has code for newer processors, which allow-newer-code of Cargo.toml lets through");
        }

        culprits.RemoveAll(IsAllowed);
        if (culprits.Count > 0)
        {
            throw Refusal(culprits);
        }
    }

    private static IEnumerable<OldArmCulprit> Culprits(ElfFile file, ArmCode code, LinkMap map)
    {
        var thunks = new Lazy<Dictionary<string, ulong>>(() => file.Symbols.Where(symbol => symbol.IsDefined).DistinctBy(symbol => symbol.Name).ToDictionary(symbol => symbol.Name, symbol => symbol.Value & ~1ul));
        var newer = code.Newer.GroupBy(found => ObjectOf(found, map, thunks))
            .Select(found => new OldArmCulprit(found.Key, found.Count(), Told(found.FirstOrDefault(one => one.Name != "nop") ?? found.First())));
        return newer.Concat(Unread(file, code, map).GroupBy(entry => entry.From)
            .Select(entries => new OldArmCulprit(entries.Key, 0, $"nothing says what is code in its section {entries.First().Section}: it has no mapping symbols")));
    }

    private static string Told(NewerInstruction found) =>
        $"{found.Name} ({found.Need.Name()}){(found.Function is { } function ? " in " + RustSymbol.Readable(function) : "")}";

    // lld writes a thunk for ARMv7 as soon as one object is for it. Such code is its destination's: where that is never called, neither is the thunk.
    private static LinkedObject ObjectOf(NewerInstruction found, LinkMap map, Lazy<Dictionary<string, ulong>> symbols)
    {
        var itself = map.At(found.Address)?.From ?? Internal;
        return itself == Internal && found.Function is { } name && Thunk().Match(name) is { Success: true } thunk
            && symbols.Value.TryGetValue(thunk.Groups[1].Value, out var destination) ? map.At(destination)?.From ?? itself : itself;
    }

    // Objects whose code was read as if it were of the kind of the one before, ARM or Thumb.
    private static IEnumerable<LinkMapEntry> Unread(ElfFile file, ArmCode code, LinkMap map)
    {
        var executable = file.Sections.Where(section => section.IsLoaded && (section.Flags & ElfSectionFlags.Execute) != 0).ToList();
        return map.Entries.Where(entry => entry.From != Internal && !code.IsMapped(entry.Address)
            && executable.Exists(section => entry.Address >= section.Address && entry.Address - section.Address < section.Size));
    }

    private bool IsAllowed(OldArmCulprit culprit) =>
        allowed.Any(entry => entry == culprit.From.FileName || (culprit.Crate is { } crate && CrateName.AreSame(crate, entry)));

    private FerryException Refusal(List<OldArmCulprit> culprits)
    {
        var lines = culprits.Take(Shown).Select(culprit => culprit.ToString());
        var rest = culprits.Count > Shown ? [$"and {culprits.Count - Shown} more objects"] : Array.Empty<string>();
        return new FerryException($"'{name}' would die on an ARMv6 processor: code for newer ones got into it", string.Join('\n', lines.Concat(rest)), Help(culprits[0]));
    }

    private string Help(OldArmCulprit culprit) =>
        CrateName.IsRustsOwn(culprit.From) ? $"this toolchain's std for {target} was built for a newer processor: take one that was not"
        : CrateName.IsRust(culprit.From) ? "take target-cpu and target-feature out of RUSTFLAGS and .cargo/config.toml; ARMv6 needs neither"
        : $"compile it for ARMv6 (-march=armv6 -mfpu=vfp -marm; libraries of Debian's armhf are ARMv7). If it asks the processor first: [package.metadata.ferry] allow-newer-code = [\"{culprit.Crate ?? culprit.From.FileName}\"]";

    [GeneratedRegex("^__(?:ARM|Thumb)[vV]7(?:ABS|PI)LongThunk_(.+)$")]
    private static partial Regex Thunk();
}
