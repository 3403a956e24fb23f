namespace Ferry.Elf.Cores;

/// <summary>The kinds of <see cref="CallFrameRule"/>.</summary>
internal enum CallFrameRuleKind : byte
{
    Same,
    Undefined,
    AtOffset,
    IsOffset,
    Register,
    AtExpression,
    IsExpression,
}
