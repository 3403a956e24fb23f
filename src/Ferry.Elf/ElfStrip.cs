namespace Ferry.Elf;

/// <summary>Makes programs smaller for the way to a device.</summary>
public static class ElfStrip
{
    /// <summary>
    /// The program or shared object without debug information (.debug_*, .zdebug_*, .gdb_index, .stab* and their
    /// relocations). All bytes that a segment or a loaded section holds stay as they are and where they are, but for the ELF
    /// header's place and number of section headers; symbol names (with 32-bit ARM's mapping symbols), notes, attributes
    /// and .comment stay too, moved up.
    /// <para>
    /// A file with nothing to strip comes back as it is; so does an object or a core, and one that has something which
    /// cannot be renumbered: groups, extended section numbers, global symbols within debug sections, or data behind all that the
    /// headers describe.
    /// </para>
    /// </summary>
    /// <exception cref="ElfFormatException">It is no ELF file, or its headers point past its end.</exception>
    public static byte[] WithoutDebugInfo(ReadOnlySpan<byte> file)
    {
        var header = ElfHeader.Read(file);
        if (header.Type is not (ElfType.Executable or ElfType.SharedObject))
        {
            return file.ToArray();
        }

        var bytes = header.Bytes(file);
        return StripPlan.Make(header, bytes) is { } plan && StrippedFile.Write(header, bytes, plan) is { } stripped ? stripped : file.ToArray();
    }
}
