namespace Ferry.Delta;

/// <summary>A part of a file with bytes of one kind.</summary>
/// <param name="Kind">What they mean.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Length">Its bytes in the file; 0 for one that is in memory only.</param>
/// <param name="Address">Where it begins in memory; what is not loaded has <see cref="NotLoaded"/> and its offset.</param>
/// <param name="Base">Where the strings begin that symbols name.</param>
/// <param name="Code">Where the program's code lies, from the first byte to behind the last.</param>
internal sealed record Region(RegionKind Kind, int Offset, int Length, long Address, long Base = 0, (long Start, long End) Code = default)
{
    /// <summary>Above every address of a program.</summary>
    public const long NotLoaded = 1L << 56;

    /// <summary>How many stages there are.</summary>
    public const int Stages = 3;

    public int End => Offset + Length;

    public long AddressOf(int offset) => Address + (offset - Offset);

    public bool LeadsToCode(long address) => address >= Code.Start && address < Code.End;

    /// <summary>How many bytes are compared at once.</summary>
    public int Unit => Kind is RegionKind.Bytes or RegionKind.X64 ? 1 : 4;

    /// <summary>How many bytes are one thing: only at multiples of it does one file's region match another's.</summary>
    public int Entry => Kind switch
    {
        RegionKind.Relative31 or RegionKind.Rel32 => 8,
        RegionKind.Symbols32 => 16,
        RegionKind.Symbols64 or RegionKind.Rela64 => 24,
        _ => Unit,
    };

    /// <summary>
    /// Tables consist of references: they can be compared when it is known what moved where, first the ones that refer to code
    /// and data, then the ones that refer to those.
    /// </summary>
    public int Stage => Kind switch
    {
        <= RegionKind.X64 => 0,
        RegionKind.Addresses32 or RegionKind.Relative32 or RegionKind.Relative31ToCode => 1,
        _ => 2,
    };
}
