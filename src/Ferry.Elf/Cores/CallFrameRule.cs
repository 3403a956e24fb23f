namespace Ferry.Elf.Cores;

/// <summary>DWARF 5, 6.4.1: how the caller's value of a register is had. Expressions are told by where they stand in .eh_frame.</summary>
internal readonly record struct CallFrameRule(CallFrameRuleKind Kind, long Number, ulong Length = 0);
