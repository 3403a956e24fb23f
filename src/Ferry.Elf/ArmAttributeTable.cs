namespace Ferry.Elf;

/// <summary>
/// Reads .ARM.attributes: 'A', then per vendor a length and a name, then blocks of a tag (1 file, 2 section, 3 symbol),
/// a length and attributes; of these, "aeabi" and the file's. All lengths count themselves.
/// </summary>
internal static class ArmAttributeTable
{
    private const string What = "the ARM attributes";
    private const byte FileScope = 1;

    public static ArmAttributes? Read(ElfBytes table)
    {
        if (table.Length == 0 || table.U8(0, What) != (byte)'A')
        {
            return null;
        }

        var numbers = new Dictionary<uint, ulong>();
        var texts = new Dictionary<uint, string>();
        for (ulong at = 1; at < table.Length;)
        {
            ulong length = table.U32(at, What);
            var vendor = table.Part(at, length, What);
            var name = vendor.Chars(4, What);
            if (name.SequenceEqual("aeabi"u8))
            {
                ReadVendor(vendor.From(4 + (ulong)name.Length + 1, What), numbers, texts);
            }

            at += Math.Max(length, 4);
        }

        return new ArmAttributes(numbers, texts);
    }

    private static void ReadVendor(ElfBytes blocks, Dictionary<uint, ulong> numbers, Dictionary<uint, string> texts)
    {
        for (ulong at = 0; at < blocks.Length;)
        {
            var scope = blocks.U8(at, What);
            ulong length = blocks.U32(at + 1, What);
            var block = blocks.Part(at, length, What);
            if (scope == FileScope)
            {
                ReadAttributes(block.From(5, What), numbers, texts);
            }

            at += Math.Max(length, 5);
        }
    }

    private static void ReadAttributes(ElfBytes block, Dictionary<uint, ulong> numbers, Dictionary<uint, string> texts)
    {
        for (ulong at = 0; at < block.Length;)
        {
            var tag = (uint)Leb128(block, ref at);
            if (HasNumber(tag))
            {
                numbers[tag] = Leb128(block, ref at);
            }

            if (HasText(tag))
            {
                var chars = block.Chars(at, What);
                texts[tag] = System.Text.Encoding.UTF8.GetString(chars);
                at += (ulong)chars.Length + 1;
            }
        }
    }

    // Tag_CPU_raw_name 4, Tag_CPU_name 5, Tag_compatibility 32 (a number and a text); beyond 32 odd tags are texts.
    private static bool HasText(uint tag) => tag is 4 or 5 or 32 || (tag > 32 && tag % 2 == 1);

    private static bool HasNumber(uint tag) => tag is 32 || !HasText(tag);

    private static ulong Leb128(ElfBytes block, ref ulong at)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = block.U8(at++, What);
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw block.Error(at, "an ARM attribute is too large");
    }
}
