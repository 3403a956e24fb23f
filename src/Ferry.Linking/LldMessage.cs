namespace Ferry.Linking;

/// <summary>One thing that lld said.</summary>
/// <param name="Text">Its own words, all lines.</param>
public abstract record LldMessage(string Text)
{
    /// <summary>A symbol that nothing defines.</summary>
    /// <param name="Text">lld's words.</param>
    /// <param name="Name">Its name, as lld shows it: demangled.</param>
    /// <param name="References">Who wants it; lld names the first few.</param>
    public sealed record UndefinedSymbol(string Text, string Name, IReadOnlyList<SymbolReference> References) : LldMessage(Text);

    /// <summary>An object or a library for another machine.</summary>
    /// <param name="Text">lld's words.</param>
    /// <param name="Input">It.</param>
    public sealed record WrongMachine(string Text, LinkedObject Input) : LldMessage(Text);

    /// <summary>An object for 32-bit ARM that passes floating-point numbers in other registers than the ones before.</summary>
    /// <param name="Text">lld's words.</param>
    /// <param name="Input">It.</param>
    public sealed record WrongFloatAbi(string Text, LinkedObject Input) : LldMessage(Text);

    /// <summary>A library (<c>-l</c>) that is in none of the folders.</summary>
    /// <param name="Text">lld's words.</param>
    /// <param name="Name">What stands behind -l.</param>
    public sealed record MissingLibrary(string Text, string Name) : LldMessage(Text);

    /// <summary>Everything else, warnings included.</summary>
    /// <param name="Text">lld's words.</param>
    public sealed record Other(string Text) : LldMessage(Text);
}
