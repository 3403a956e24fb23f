using Ferry.Elf.Cores;
using Ferry.Elf.Debug;
using Ferry.Elf.Inspection;
using Ferry.Elf.Instructions;

namespace Ferry.Elf.Tests;

/// <summary>Asks a file for all that it can be asked for.</summary>
internal static class Everything
{
    private const int MostHeads = 64;

    /// <summary>Reads and strips; each question by itself may end in <see cref="ElfFormatException"/>. Returns how many were answered.</summary>
    public static int Ask(byte[] bytes)
    {
        var answered = 0;
        Try(() => ElfStrip.WithoutDebugInfo(bytes));
        ElfFile? file = null;
        Try(() => file = ElfFile.Read(bytes));
        if (file is null)
        {
            return answered;
        }

        Try(() => file.Segments);
        Try(() => file.Segments.Sum(segment => (long)file.ContentOf(segment).Length));
        Try(() => file.Sections);
        Try(() => file.Sections.Sum(section => (long)file.ContentOf(section).Length));
        Try(() => file.Interpreter);
        Try(() => file.Dynamic);
        Try(() => file.VersionNeeds);
        Try(() => file.VersionDefinitions);
        Try(() => file.DynamicSymbols);
        Try(() => file.Symbols);
        Try(() => file.Notes);
        Try(() => file.BuildId);
        Try(() => file.AbiTag);
        Try(() => file.ArmAttributes);
        Try(() => file.ArmFloatAbi);
        Try(() => ArmCode.Of(file));
        Try(() => CodeNeeds.Of(file));
        Try(() => JemallocPages.In(file));
        Inspect(file, bytes, Try);
        Try(() => AskOfAddresses(file));
        Try(() => file.Type == ElfType.Core && CoreFile.Read(file) is var core ? core.Files.Take(MostHeads).Select(core.BuildIdOf).ToList() : null);
        return answered;

        void Try(Func<object?> question)
        {
            try
            {
                question();
                answered++;
            }
            catch (ElfFormatException e)
            {
                e.Message.ShouldNotBeEmpty();
            }
        }
    }

    private static void Inspect(ElfFile file, byte[] bytes, Action<Func<object?>> ask)
    {
        ask(() => FileNature.Of(file));
        ask(() => Protection.Of(file));
        ask(() => PageFit.Largest(file));
        ask(() => DebugFacts.Of(file));
        ask(() => FloatClaims.Of(file));
        ask(() => FunctionSizes.Of(file).Functions.Sum(function => (decimal)function.Size));
        ask(() => CoreFacts.Of(file));
        ask(() => ObjectGlance.Of(bytes));
        ask(() => WantedSize.Of(file));
        ask(() => file.ArmAttributes?.All.Select(attribute => ArmAttributeWords.Name(attribute) + ArmAttributeWords.Value(attribute)).ToList());
    }

    private static DebugInfo? AskOfAddresses(ElfFile file)
    {
        var debug = DebugInfo.Of(file);
        var symbols = new FunctionSymbols(file);
        var code = file.Sections.FirstOrDefault(section => section.Name == ".text");
        for (var i = 0ul; code is not null && i < 64; i++)
        {
            _ = debug?.FramesAt(code.Address + (code.Size / 64 * i));
            _ = symbols.At(code.Address + (code.Size / 64 * i));
        }

        return debug;
    }
}
