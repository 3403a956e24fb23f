namespace Ferry.Elf.Debug;

/// <summary>Addresses from <see cref="Start"/> up to, and without, <see cref="End"/>.</summary>
internal readonly record struct AddressRange(ulong Start, ulong End)
{
    public bool Contains(ulong address) => address >= Start && address < End;
}
