using System.Buffers.Binary;

namespace Ferry.Delta.References;

/// <summary>A place that refers to an address.</summary>
/// <param name="Form">How it says so.</param>
/// <param name="Offset">Where it is, in bytes from the start of what was searched.</param>
/// <param name="Target">The address that it refers to.</param>
/// <param name="Anchor">The address that the value is relative to, as an offset like <see cref="Offset"/>; where that is fixed, the address itself.</param>
/// <param name="Shift">For <see cref="ReferenceForm.AArch64Low12"/>: the logarithm of the unit.</param>
internal readonly record struct Reference(ReferenceForm Form, int Offset, long Target, long Anchor = 0, int Shift = 0)
{
    /// <summary>Writes the value that refers to <paramref name="target"/> over the one that is there.</summary>
    /// <param name="bytes">The place.</param>
    /// <param name="anchor">The address that the value is relative to.</param>
    /// <param name="target">The address to refer to.</param>
    public void Write(Span<byte> bytes, long anchor, long target)
    {
        if (Form == ReferenceForm.Address64)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, target);
            return;
        }

        var word = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        var distance = (uint)(target - anchor);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Form switch
        {
            ReferenceForm.ArmBranch when word >= 0xf0000000 => (word & 0xfe000000) | ((distance & 2) << 23) | ((distance >> 2) & 0xffffff),
            ReferenceForm.ArmBranch => (word & 0xff000000) | ((distance >> 2) & 0xffffff),
            ReferenceForm.ArmLowHalf => (word & 0xfff0f000) | ((distance & 0xf000) << 4) | (distance & 0xfff),
            ReferenceForm.ArmHighHalf => (word & 0xfff0f000) | ((distance >> 12) & 0xf0000) | ((distance >> 16) & 0xfff),
            ReferenceForm.AArch64Branch => (word & 0xfc000000) | ((distance >> 2) & 0x3ffffff),
            ReferenceForm.AArch64Page => Page(word, (target >> 12) - (anchor >> 12)),
            ReferenceForm.AArch64Low12 => (word & 0xffc003ff) | ((((uint)target & 0xfff) >> Shift) << 10),
            ReferenceForm.Relative31 => (word & 0x80000000) | (distance & 0x7fffffff),
            ReferenceForm.Backwards32 => (uint)(anchor - target),
            ReferenceForm.Address32 => (uint)target,
            _ => distance,
        });
    }

    private static uint Page(uint word, long pages) =>
        (word & 0x9f00001f) | (((uint)pages & 3) << 29) | ((((uint)pages >> 2) & 0x7ffff) << 5);
}
