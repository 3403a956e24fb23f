using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ferry.Elf.Instructions;

/// <summary>Reads regions of code and notes what each instruction needs beyond the oldest processors.</summary>
internal sealed class NeedScan(ElfFile file, CodePlaces places)
{
    private const uint Be8 = 0x00800000; // EF_ARM_BE8: instructions are little-endian in a big-endian program

    private readonly bool swapped =
        (file is { Machine: ElfMachine.Arm, ByteOrder: ElfByteOrder.BigEndian } && (file.Flags & Be8) == 0) == BitConverter.IsLittleEndian;

    private long seen;

    public void Read(CodeRegion region)
    {
        var code = file.ContentOf(region.Section).Span[region.Start..region.End];
        if ((ulong)seen + (ulong)code.Length > file.Bytes.Length)
        {
            throw new ElfFormatException((long)region.Section.Offset, "sections of code overlap");
        }

        seen += code.Length;
        switch (region.State)
        {
            case CodeState.A64:
                ReadA64(region, MemoryMarshal.Cast<byte, uint>(code));
                break;
            case CodeState.Arm:
                ReadArm(region, MemoryMarshal.Cast<byte, uint>(code));
                break;
            case CodeState.Thumb:
                ReadThumb(region, MemoryMarshal.Cast<byte, ushort>(code));
                break;
        }
    }

    private void ReadA64(CodeRegion region, ReadOnlySpan<uint> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (A64Table.Find(Word(words[i])) is { Feature: { } feature } row)
            {
                places.Add(region.Section, region.Start + (4 * i), feature, row.Name);
            }
        }
    }

    private void ReadArm(CodeRegion region, ReadOnlySpan<uint> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            ArmWord(region, region.Start + (4 * i), Word(words[i]), isThumb: false);
        }
    }

    private void ReadThumb(CodeRegion region, ReadOnlySpan<ushort> halves)
    {
        for (var i = 0; i < halves.Length; i++)
        {
            var at = region.Start + (2 * i);
            var first = Half(halves[i]);
            if (!ThumbTable.IsWide(first))
            {
                Add(region, at, ThumbTable.FindNarrow(first), isThumb: true);
            }
            else if (++i < halves.Length)
            {
                var second = Half(halves[i]);
                Add(region, at, ThumbTable.FindWide(first, second), isThumb: true);
                if (ThumbTable.AsArm(first, second) is { } word)
                {
                    ArmWord(region, at, word, isThumb: true);
                }
            }
        }
    }

    private void ArmWord(CodeRegion region, long at, uint word, bool isThumb)
    {
        if (ArmTable.Find(word) is { } row)
        {
            Add(region, at, row, isThumb);
        }
        else if (ArmTable.IsVfp(word))
        {
            places.Add(region.Section, at, "vfp", "a floating-point instruction");
        }
    }

    private void Add(CodeRegion region, long at, InstructionRow? found, bool isThumb)
    {
        if (found is { } row && row.Need.Feature(isThumb) is { } feature)
        {
            places.Add(region.Section, at, feature, row.Name);
        }
    }

    private uint Word(uint word) => swapped ? BinaryPrimitives.ReverseEndianness(word) : word;

    private ushort Half(ushort half) => swapped ? BinaryPrimitives.ReverseEndianness(half) : half;
}
