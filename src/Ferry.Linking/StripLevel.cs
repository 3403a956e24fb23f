namespace Ferry.Linking;

/// <summary>What the linker leaves out of its output.</summary>
public enum StripLevel
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Debug information (<c>--strip-debug</c>).</summary>
    DebugInfo,

    /// <summary>Debug information and the symbol table (<c>--strip-all</c>, <c>-s</c>).</summary>
    Symbols,
}
