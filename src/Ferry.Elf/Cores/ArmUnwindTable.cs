namespace Ferry.Elf.Cores;

/// <summary>.ARM.exidx: Exception Handling ABI for the Arm Architecture (EHABI32), sections 6, 9 and 10: how to undo a frame of 32-bit ARM.</summary>
internal static class ArmUnwindTable
{
    private const uint CannotUnwind = 1;

    /// <summary>Undoes one frame. False when no entry covers the address, or it says that it cannot be undone.</summary>
    public static bool Step(LoadedFile file, UnwoundRegisters registers, MemoryPieces memory, ulong address)
    {
        if (Array.Find(file.Elf.SectionArray, section => section.Name == ".ARM.exidx" && section.HasBytes) is not { } section)
        {
            return false;
        }

        var table = file.Elf.Bytes.Part(section.Offset, section.Size, "the table for unwinding");
        var wanted = (uint)file.InFile(address);
        var (low, high) = (0ul, table.Length / 8);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Start(table, middle, (uint)section.Address) <= wanted ? (middle + 1, high) : (low, middle);
        }

        if (low == 0)
        {
            return false;
        }

        var at = ((low - 1) * 8) + 4;
        var word = table.U32(at, "an entry for unwinding");
        if (word == CannotUnwind)
        {
            return false;
        }

        var codes = (word & 0x80000000) != 0 ? Inline(word) : FromTable(file, (uint)section.Address + (uint)at + Prel31(word));
        return codes is not null && ArmUnwindCodes.Run(codes, registers, memory);
    }

    private static uint Start(ElfBytes table, ulong index, uint address) => address + ((uint)index * 8) + Prel31(table.U32(index * 8, "an entry for unwinding"));

    /// <summary>An offset of 31 bits from the place where it stands.</summary>
    private static uint Prel31(uint word) => (uint)(((int)word << 1) >> 1);

    // 6.3: model 0 in the table itself, with three codes.
    private static byte[]? Inline(uint word) => (word >> 24) == 0x80 ? [(byte)(word >> 16), (byte)(word >> 8), (byte)word] : null;

    private static byte[]? FromTable(LoadedFile file, uint address)
    {
        Span<byte> bytes = stackalloc byte[4];
        var word = Word(file, address, bytes);
        if (word is not { } head)
        {
            return null;
        }

        // 7.2: the generic model has a routine's address first, then its data, in the form of model 1 for those of C++ and Rust.
        if ((head & 0x80000000) == 0)
        {
            address += 4;
            return Word(file, address, bytes) is { } data ? Words(file, address, (int)(data >> 24), [(byte)(data >> 16), (byte)(data >> 8), (byte)data]) : null;
        }

        return ((head >> 24) & 0xf) switch
        {
            0 => [(byte)(head >> 16), (byte)(head >> 8), (byte)head],
            1 or 2 => Words(file, address, (int)((head >> 16) & 0xff), [(byte)(head >> 8), (byte)head]),
            _ => null,
        };
    }

    private static byte[]? Words(LoadedFile file, uint address, int count, List<byte> codes)
    {
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 1; i <= count; i++)
        {
            if (Word(file, address + ((uint)i * 4), bytes) is not { } word)
            {
                return null;
            }

            codes.AddRange([(byte)(word >> 24), (byte)(word >> 16), (byte)(word >> 8), (byte)word]);
        }

        return [.. codes];
    }

    private static uint? Word(LoadedFile file, uint address, Span<byte> bytes) =>
        file.TryRead(file.InMemory(address), bytes) ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes) : null;
}
