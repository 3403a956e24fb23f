namespace Ferry.Elf.Cores;

/// <summary>Registers while frames are undone, by their numbers in DWARF.</summary>
internal sealed class UnwoundRegisters
{
    private readonly int stack;
    private readonly int link;

    public UnwoundRegisters(RegisterSet registers)
    {
        (Machine, Width, Values) = (registers.Machine, registers.Width, registers.ForUnwinding());
        (stack, link) = Machine switch
        {
            ElfMachine.Arm => (13, 14),
            ElfMachine.AArch64 => (31, 30),
            _ => (7, 16),
        };
        ProgramCounter = registers.ProgramCounter;
    }

    public ElfMachine Machine { get; }

    public int Width { get; }

    public ulong[] Values { get; }

    /// <summary>The register that holds the address of return: x30, lr, or the column for rip.</summary>
    public int ReturnColumn => link;

    public int StackColumn => stack;

    public ulong ProgramCounter
    {
        get;
        set => field = Code(value);
    }

    public ulong StackPointer
    {
        get => Values[stack];
        set => Values[stack] = value;
    }

    /// <summary>Null where addresses of return only stand on the stack.</summary>
    public ulong? LinkRegister => Machine == ElfMachine.X86_64 ? null : Code(Values[link]);

    /// <summary>Bit 0 of an address of return says Thumb on ARM; the upper bits may be signed on AArch64 (pointer authentication).</summary>
    private ulong Code(ulong address) => Machine switch
    {
        ElfMachine.Arm => address & ~1ul & uint.MaxValue,
        ElfMachine.AArch64 => address & 0x0000_ffff_ffff_ffff,
        _ => address,
    };
}
