using Ferry.Elf.Instructions;

namespace Ferry.Elf.Tests;

/// <summary>Asks a file for all that it can be asked for.</summary>
internal static class Everything
{
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
}
