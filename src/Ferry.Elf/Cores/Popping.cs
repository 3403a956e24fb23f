namespace Ferry.Elf.Cores;

/// <summary>Takes registers from the stack, as an ARM function did before it returned.</summary>
internal ref struct Popping(UnwoundRegisters registers, MemoryPieces memory)
{
    private const uint StackBit = 1 << 13;
    private const uint ProgramCounterBit = 1 << 15;

    /// <summary>Whether some of the stack was not known.</summary>
    public bool Failed { get; private set; }

    public bool SetsProgramCounter { get; private set; }

    public readonly void Skip(uint bytes) => registers.StackPointer = (uint)registers.StackPointer + bytes;

    /// <summary>The registers of a mask, the lowest from the lowest address.</summary>
    public void Mask(uint mask)
    {
        var at = registers.StackPointer;
        for (var register = 0; register < 16; register++)
        {
            if ((mask & (1u << register)) == 0)
            {
                continue;
            }

            if (memory.Word(at, 4) is not { } value)
            {
                Failed = true;
                return;
            }

            registers.Values[register] = value;
            at += 4;
        }

        if ((mask & StackBit) == 0)
        {
            registers.StackPointer = at;
        }

        SetsProgramCounter |= (mask & ProgramCounterBit) != 0;
    }
}
