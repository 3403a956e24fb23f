using Ferry.Elf.Debug;

namespace Ferry.Elf.Cores;

/// <summary>DWARF 5, 2.5: the operations that call frame information is made of (procedure linkage tables, signal frames). None of them loops.</summary>
internal static class CallFrameExpression
{
    /// <summary>Null when it cannot be had: an unknown operation, or memory that is not known.</summary>
    public static ulong? Value(DwarfCursor section, CallFrameRule rule, ulong[] registers, MemoryPieces memory, int width, ulong? start)
    {
        var stack = new Stack<ulong>();
        if (start is { } first)
        {
            stack.Push(first);
        }

        var cursor = section.From((ulong)rule.Number).Until((ulong)rule.Number + rule.Length);
        while (!cursor.IsAtEnd)
        {
            if (Step(ref cursor, stack, registers, memory, width) is not { } value)
            {
                return null;
            }

            stack.Push(width == 4 ? value & uint.MaxValue : value);
        }

        return stack.TryPop(out var result) ? result : null;
    }

    private static ulong? Step(ref DwarfCursor cursor, Stack<ulong> stack, ulong[] registers, MemoryPieces memory, int width)
    {
        var code = cursor.U8();
        switch (code)
        {
            case 0x03: return cursor.Number(width);
            case 0x06: return stack.TryPop(out var address) ? memory.Word(address, width) : null;
            case 0x08: return cursor.U8();
            case 0x09: return (ulong)(sbyte)cursor.U8();
            case 0x0a: return cursor.U16();
            case 0x0b: return (ulong)(short)cursor.U16();
            case 0x0c: return cursor.U32();
            case 0x0d: return (ulong)(int)cursor.U32();
            case 0x10: return cursor.Uleb();
            case 0x11: return (ulong)cursor.Sleb();
            case 0x12: return stack.TryPeek(out var top) ? top : null;
            case 0x23: return stack.TryPop(out var value) ? value + cursor.Uleb() : null;
            case >= 0x30 and <= 0x4f: return (ulong)(code - 0x30);
            case >= 0x70 and <= 0x8f: return code - 0x70 < registers.Length ? registers[code - 0x70] + (ulong)cursor.Sleb() : null;
        }

        if (!stack.TryPop(out var right) || !stack.TryPop(out var left))
        {
            return null;
        }

        return code switch
        {
            0x1a => left & right,
            0x1c => left - right,
            0x21 => left | right,
            0x22 => left + right,
            0x24 => right < 64 ? left << (int)right : 0,
            0x2a => (long)left >= (long)right ? 1u : 0,
            _ => null,
        };
    }
}
