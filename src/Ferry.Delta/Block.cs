namespace Ferry.Delta;

/// <summary>Bytes of the new file that are those of the old one, but for what their references became.</summary>
/// <param name="New">Offset in the new file.</param>
/// <param name="Old">Offset in the old file.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Moved">Whether the old bytes went here, so that what refers to them refers to this; else they are only like these.</param>
internal readonly record struct Block(int New, int Old, int Length, bool Moved = false)
{
    public int NewEnd => New + Length;

    public int Delta => Old - New;
}
