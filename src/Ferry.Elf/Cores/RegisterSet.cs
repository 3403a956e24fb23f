using System.Buffers.Binary;

namespace Ferry.Elf.Cores;

/// <summary>The general registers of a thread, as the kernel lays them out (NT_PRSTATUS, user_regs_struct).</summary>
public sealed class RegisterSet
{
    private static readonly string[] ArmNames = ["r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "fp", "ip", "sp", "lr", "pc", "cpsr", "orig_r0"];
    private static readonly string[] AArch64Names = [.. Enumerable.Range(0, 31).Select(number => $"x{number}"), "sp", "pc", "pstate"];
    private static readonly string[] X86_64Names =
        ["r15", "r14", "r13", "r12", "rbp", "rbx", "r11", "r10", "r9", "r8", "rax", "rcx", "rdx", "rsi", "rdi", "orig_rax", "rip", "cs", "eflags", "rsp", "ss", "fs_base", "gs_base", "ds", "es", "fs", "gs"];

    /// <summary>A machine, its registers by name, and which of them are program counter, stack pointer and return address (-1: on the stack).</summary>
    private static readonly (ElfMachine Machine, int Width, string[] Names, int Pc, int Sp, int Lr)[] Machines =
    [
        (ElfMachine.Arm, 4, ArmNames, 15, 13, 14),
        (ElfMachine.AArch64, 8, AArch64Names, 32, 31, 30),
        (ElfMachine.X86_64, 8, X86_64Names, 16, 19, -1),
    ];

    private readonly (ElfMachine Machine, int Width, string[] Names, int Pc, int Sp, int Lr) layout;
    private readonly ulong[] values;

    private RegisterSet((ElfMachine, int, string[], int, int, int) layout, ulong[] values)
    {
        (this.layout, this.values) = (layout, values);
    }

    /// <summary>Whose registers they are.</summary>
    public ElfMachine Machine => layout.Machine;

    /// <summary>The size of one, and of an address, in bytes.</summary>
    public int Width => layout.Width;

    /// <summary>The address of the instruction.</summary>
    public ulong ProgramCounter => values[layout.Pc];

    /// <summary>The stack's end.</summary>
    public ulong StackPointer => values[layout.Sp];

    /// <summary>Where a function without a frame returns to; null where that stands on the stack.</summary>
    public ulong? LinkRegister => layout.Lr >= 0 ? values[layout.Lr] : null;

    /// <summary>Whether the processor was reading Thumb instructions (ARM, CPSR.T).</summary>
    public bool IsThumb => Machine == ElfMachine.Arm && (values[16] & 0x20) != 0;

    /// <summary>Name and value, in the kernel's order.</summary>
    public IEnumerable<(string Name, ulong Value)> All => layout.Names.Zip(values);

    /// <summary>How many bytes the registers of a machine take in the kernel's form; 0 for one that is not known.</summary>
    public static int SizeOf(ElfMachine machine)
    {
        var known = Array.Find(Machines, layout => layout.Machine == machine);
        return known.Names is null ? 0 : known.Names.Length * known.Width;
    }

    /// <summary>Registers whose bytes are told apart by their number; null for those of a machine that is not known here.</summary>
    public static RegisterSet? Read(ReadOnlySpan<byte> bytes)
    {
        foreach (var known in Machines)
        {
            if (bytes.Length == known.Names.Length * known.Width)
            {
                var numbers = new ulong[known.Names.Length];
                for (var i = 0; i < numbers.Length; i++)
                {
                    numbers[i] = known.Width == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * 8)..]) : BinaryPrimitives.ReadUInt32LittleEndian(bytes[(i * 4)..]);
                }

                return new RegisterSet(known, numbers);
            }
        }

        return null;
    }

    /// <summary>The general registers by their numbers in DWARF, as many as are unwound: 16 of ARM, 32 of AArch64 (the last is sp), 17 of x86-64 (the last is rip).</summary>
    internal ulong[] ForUnwinding() => Machine switch
    {
        ElfMachine.Arm => values[..16],
        ElfMachine.AArch64 => values[..32],
        _ => [values[10], values[12], values[11], values[5], values[13], values[14], values[4], values[19], values[9], values[8], values[7], values[6], values[3], values[2], values[1], values[0], values[16]],
    };
}
