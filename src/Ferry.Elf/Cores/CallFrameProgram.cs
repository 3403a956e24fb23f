using Ferry.Elf.Debug;

namespace Ferry.Elf.Cores;

/// <summary>DWARF 5, 6.4.2: the rules that hold at an address, and what they make of the registers.</summary>
internal ref struct CallFrameProgram
{
    private const int Registers = 34;

    private CallFrameRule[] rules;
    private CallFrameRule[] initial;
    private readonly Stack<(CallFrameRule[] Rules, CallFrameRule Frame)> remembered;
    private CallFrameRule frame;
    private ulong location;
    private readonly ulong wanted;
    private readonly ulong sectionAddress;
    private readonly int width;

    private CallFrameProgram(ulong start, ulong wanted, ulong sectionAddress, int width)
    {
        (rules, initial, remembered) = (new CallFrameRule[Registers], [], new());
        (location, this.wanted, this.sectionAddress, this.width) = (start, wanted, sectionAddress, width);
    }

    public static bool Undo(CallFrameCommon common, DwarfCursor own, ulong start, ulong wanted, UnwoundRegisters registers, MemoryPieces memory, ulong sectionAddress)
    {
        var program = new CallFrameProgram(start, wanted, sectionAddress, registers.Width);
        program.Run(common.Instructions, common);
        program.initial = [.. program.rules];
        program.Run(own, common);
        return program.Apply(registers, memory, own, (int)Math.Min(common.ReturnColumn, Registers - 1));
    }

    private void Run(DwarfCursor cursor, CallFrameCommon common)
    {
        while (!cursor.IsAtEnd && location <= wanted)
        {
            var code = cursor.U8();
            var low = code & 0x3fu;
            switch (code >> 6)
            {
                case 1: location += low * common.CodeFactor; break;
                case 2 when low < Registers: rules[low] = new(CallFrameRuleKind.AtOffset, (long)cursor.Uleb() * common.DataFactor); break;
                case 2: _ = cursor.Uleb(); break;
                case 3: rules[Math.Min(low, Registers - 1)] = low < initial.Length ? initial[low] : default; break;
                default: Other(code, ref cursor, common); break;
            }
        }
    }

    private void Other(byte code, ref DwarfCursor cursor, CallFrameCommon common)
    {
        switch (code)
        {
            case 0x01: location = CallFrameTable.Pointer(ref cursor, common.Encoding, sectionAddress, width); break;
            case 0x02: location += cursor.U8() * common.CodeFactor; break;
            case 0x03: location += cursor.U16() * common.CodeFactor; break;
            case 0x04: location += cursor.U32() * common.CodeFactor; break;
            case 0x0a: remembered.Push(([.. rules], frame)); break;
            case 0x0b: (rules, frame) = remembered.TryPop(out var state) ? state : (rules, frame); break;
            case 0x2e: _ = cursor.Uleb(); break;
            case 0x00 or 0x2d: break; // nop; and AArch64's change of signing, whose bits are cut off anyway
            case >= 0x0c and <= 0x0f or 0x12 or 0x13: frame = Frame(code, ref cursor, common.DataFactor); break;
            default: Rule(code, ref cursor, common.DataFactor); break;
        }
    }

    private readonly CallFrameRule Frame(byte code, ref DwarfCursor cursor, long factor) => code switch
    {
        0x0c => new(CallFrameRuleKind.IsOffset, (long)cursor.Uleb(), cursor.Uleb()),
        0x0d => frame with { Number = (long)cursor.Uleb() },
        0x0e => frame with { Length = cursor.Uleb() },
        0x0f => Expression(CallFrameRuleKind.IsExpression, ref cursor),
        0x12 => new(CallFrameRuleKind.IsOffset, (long)cursor.Uleb(), (ulong)(cursor.Sleb() * factor)),
        _ => frame with { Length = (ulong)(cursor.Sleb() * factor) },
    };

    private readonly void Rule(byte code, ref DwarfCursor cursor, long factor)
    {
        var register = cursor.Uleb();
        var rule = code switch
        {
            0x05 => new CallFrameRule(CallFrameRuleKind.AtOffset, (long)cursor.Uleb() * factor),
            0x06 => register < (ulong)initial.Length ? initial[register] : default,
            0x07 => new(CallFrameRuleKind.Undefined, 0),
            0x08 => new(CallFrameRuleKind.Same, 0),
            0x09 => new(CallFrameRuleKind.Register, (long)cursor.Uleb()),
            0x10 => Expression(CallFrameRuleKind.AtExpression, ref cursor),
            0x11 => new(CallFrameRuleKind.AtOffset, cursor.Sleb() * factor),
            0x14 => new(CallFrameRuleKind.IsOffset, (long)cursor.Uleb() * factor),
            0x15 => new(CallFrameRuleKind.IsOffset, cursor.Sleb() * factor),
            0x16 => Expression(CallFrameRuleKind.IsExpression, ref cursor),
            _ => throw cursor.Error("an instruction of .eh_frame is not known"),
        };
        if (register < Registers)
        {
            rules[register] = rule;
        }
    }

    private static CallFrameRule Expression(CallFrameRuleKind kind, ref DwarfCursor cursor)
    {
        var length = cursor.Uleb();
        var rule = new CallFrameRule(kind, (long)cursor.At, length);
        _ = cursor.Take(length);
        return rule;
    }

    private readonly bool Apply(UnwoundRegisters registers, MemoryPieces memory, DwarfCursor own, int returnColumn)
    {
        ulong[] before = [.. registers.Values];
        var at = frame.Kind == CallFrameRuleKind.IsExpression ? CallFrameExpression.Value(own, frame, before, memory, registers.Width, null)
            : frame.Number >= 0 && frame.Number < before.Length ? before[frame.Number] + frame.Length : null;
        if (at is not { } cfa)
        {
            return false;
        }

        registers.StackPointer = cfa;
        for (var i = 0; i < before.Length; i++)
        {
            if (i != registers.StackColumn || rules[i].Kind != CallFrameRuleKind.Same)
            {
                registers.Values[i] = Value(rules[i], before, i, cfa, memory, own, registers.Width) ?? (i == returnColumn ? 0 : before[i]);
            }
        }

        registers.ProgramCounter = returnColumn < before.Length ? registers.Values[returnColumn] : 0;
        return true;
    }

    private static ulong? Value(CallFrameRule rule, ulong[] before, int register, ulong cfa, MemoryPieces memory, DwarfCursor own, int width) => rule.Kind switch
    {
        CallFrameRuleKind.Undefined => null,
        CallFrameRuleKind.AtOffset => memory.Word(cfa + (ulong)rule.Number, width),
        CallFrameRuleKind.IsOffset => cfa + (ulong)rule.Number,
        CallFrameRuleKind.Register => rule.Number < before.Length ? before[rule.Number] : null,
        CallFrameRuleKind.AtExpression => CallFrameExpression.Value(own, rule, before, memory, width, cfa) is { } at ? memory.Word(at, width) : null,
        CallFrameRuleKind.IsExpression => CallFrameExpression.Value(own, rule, before, memory, width, cfa),
        _ => before[register],
    };
}
