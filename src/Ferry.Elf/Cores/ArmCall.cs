using System.Buffers.Binary;

namespace Ferry.Elf.Cores;

/// <summary>Calls of 32-bit ARM (ARM ARM, A8.8.25: bl, blx, and blx of a register).</summary>
internal static class ArmCall
{
    /// <summary>Whether the instruction before an address of return is a call; bit 0 says Thumb.</summary>
    public static bool EndsAt(LoadedFile file, ulong address)
    {
        Span<byte> code = stackalloc byte[4];
        if (!file.TryRead((address & ~1ul) - 4, code))
        {
            return false;
        }

        if ((address & 1) == 0)
        {
            var word = BinaryPrimitives.ReadUInt32LittleEndian(code);
            return (address & 2) == 0 && ((word & 0x0f000000) == 0x0b000000 || (word & 0xfe000000) == 0xfa000000 || (word & 0x0ffffff0) == 0x012fff30);
        }

        var (first, second) = (BinaryPrimitives.ReadUInt16LittleEndian(code), BinaryPrimitives.ReadUInt16LittleEndian(code[2..]));
        return ((first & 0xf800) == 0xf000 && (second & 0xc000) == 0xc000) || (second & 0xff87) == 0x4780;
    }
}
