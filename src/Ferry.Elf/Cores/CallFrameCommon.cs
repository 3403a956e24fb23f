using Ferry.Elf.Debug;

namespace Ferry.Elf.Cores;

/// <summary>A common information entry: what frames of many functions share.</summary>
internal readonly ref struct CallFrameCommon(ulong codeFactor, long dataFactor, ulong returnColumn, byte encoding, bool hasData, bool isSignal, ulong at, DwarfCursor instructions)
{
    public ulong CodeFactor { get; } = codeFactor;

    public long DataFactor { get; } = dataFactor;

    public ulong ReturnColumn { get; } = returnColumn;

    public byte Encoding { get; } = encoding;

    public bool HasData { get; } = hasData;

    /// <summary>Made by the kernel, to run a signal's handler.</summary>
    public bool IsSignal { get; } = isSignal;

    public ulong At { get; } = at;

    public DwarfCursor Instructions { get; } = instructions;
}
