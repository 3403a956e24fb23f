namespace Ferry.Elf;

/// <summary>Reads the fields of a structure one after the other.</summary>
internal ref struct ElfCursor(ElfBytes bytes, ulong at, string what)
{
    private readonly ElfBytes bytes = bytes;
    private ulong at = at;

    public byte U8() => bytes.U8(Step(1), what);

    public ushort U16() => bytes.U16(Step(2), what);

    public uint U32() => bytes.U32(Step(4), what);

    public ulong U64() => bytes.U64(Step(8), what);

    public ulong Word() => bytes.Word(Step(bytes.WordSize), what);

    private ulong Step(ulong size)
    {
        var here = at;
        at += size;
        return here;
    }
}
