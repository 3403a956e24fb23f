namespace Ferry.Linking;

/// <summary>One thing whose place on the line matters: lld reads them from left to right.</summary>
public abstract record LinkInput
{
    private LinkInput()
    {
    }

    /// <summary>An object, an archive, a shared library or a linker script.</summary>
    /// <param name="Path">As it stands on the line.</param>
    public sealed record File(string Path) : LinkInput;

    /// <summary>A library to be searched for.</summary>
    /// <param name="Name">What stands behind <c>-l</c>: <c>m</c>, or <c>:libm.so.6</c>.</param>
    public sealed record Library(string Name) : LinkInput;

    /// <summary>A switch that holds for what follows: <c>--as-needed</c>, <c>--whole-archive</c>, <c>-Bstatic</c>, <c>--start-group</c> …</summary>
    /// <param name="Option">In lld's words.</param>
    public sealed record State(string Option) : LinkInput;
}
