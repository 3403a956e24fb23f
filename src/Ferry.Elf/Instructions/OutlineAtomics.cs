using System.Buffers.Binary;

namespace Ferry.Elf.Instructions;

/// <summary>
/// The helpers of libgcc and compiler-rt that look for LSE, by their shape, where no symbol names them: <c>cbz w16, …; casal …; ret</c>
/// (libgcc/config/aarch64/lse.S).
/// </summary>
internal static class OutlineAtomics
{
    private const uint Return = 0xd65f03c0;

    public static bool Hold(ElfFile file, CodePlace place)
    {
        var code = file.ContentOf(place.Section).Span;
        return (IsCheck(code, place.Offset - 4) || IsCheck(code, place.Offset - 8)) && (Word(code, place.Offset + 4) == Return || Word(code, place.Offset + 8) == Return);
    }

    // cbz of w16 or w17, which belong to whoever calls through a stub.
    private static bool IsCheck(ReadOnlySpan<byte> code, long at) => (Word(code, at) & 0xff00001e) == 0x34000010;

    private static uint Word(ReadOnlySpan<byte> code, long at) => at >= 0 && at + 4 <= code.Length ? BinaryPrimitives.ReadUInt32LittleEndian(code[(int)at..]) : 0;
}
