namespace Ferry.Elf.Cores;

/// <summary>EHABI32, 10.3: the codes by which a frame of 32-bit ARM is undone.</summary>
internal ref struct ArmUnwindCodes
{
    private readonly UnwoundRegisters registers;
    private readonly ReadOnlySpan<byte> codes;
    private Popping popping;
    private int at;

    private ArmUnwindCodes(ReadOnlySpan<byte> codes, UnwoundRegisters registers, MemoryPieces memory)
    {
        this.codes = codes;
        this.registers = registers;
        popping = new Popping(registers, memory);
    }

    /// <summary>False when it refuses, or some of the stack is not known.</summary>
    public static bool Run(ReadOnlySpan<byte> codes, UnwoundRegisters registers, MemoryPieces memory)
    {
        var run = new ArmUnwindCodes(codes, registers, memory);
        while (run.at < codes.Length)
        {
            if (!run.Step(run.Next()) || run.popping.Failed)
            {
                return false;
            }
        }

        registers.ProgramCounter = registers.Values[run.popping.SetsProgramCounter ? 15 : 14];
        return true;
    }

    private byte Next() => at < codes.Length ? codes[at++] : (byte)0;

    private bool Step(byte code)
    {
        switch (code)
        {
            case < 0x40: popping.Skip((uint)((code & 0x3f) << 2) + 4); break;
            case < 0x80: popping.Skip(0u - ((uint)((code & 0x3f) << 2) + 4)); break;
            case < 0x90:
                var mask = (uint)(((code & 0xf) << 8) | Next()) << 4;
                popping.Mask(mask);
                return mask != 0; // refuse to unwind
            case < 0xa0: registers.StackPointer = registers.Values[code & 0xf]; break;
            case < 0xb0: popping.Mask((uint)(((1 << ((code & 7) + 1)) - 1) << 4) | ((code & 8) != 0 ? 1u << 14 : 0)); break;
            case 0xb0: at = codes.Length; break;
            case 0xb1: popping.Mask(Next() & 0xfu); break;
            case 0xb2: popping.Skip(0x204 + (Uleb() << 2)); break;
            case 0xb3: popping.Skip(((Next() & 0xfu) * 8) + 12); break;
            case >= 0xb8 and < 0xc0: popping.Skip(((code & 7u) * 8) + 12); break;
            case 0xc8 or 0xc9: popping.Skip(((Next() & 0xfu) * 8) + 8); break;
            case >= 0xd0 and < 0xd8: popping.Skip(((code & 7u) * 8) + 8); break;
            default: return false;
        }

        return true;
    }

    private uint Uleb()
    {
        var sum = 0u;
        for (var shift = 0; shift < 28; shift += 7)
        {
            var next = Next();
            sum |= (uint)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                break;
            }
        }

        return sum;
    }
}
