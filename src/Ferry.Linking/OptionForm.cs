namespace Ferry.Linking;

/// <summary>How an option carries its value.</summary>
internal enum OptionForm
{
    /// <summary>None: <c>-pie</c>.</summary>
    Alone,

    /// <summary>In the next word: <c>-Xlinker</c>, <c>-target X</c>.</summary>
    Separate,

    /// <summary>In the same word: <c>-march=X</c>, <c>-O2</c>; the value may be empty.</summary>
    Joined,

    /// <summary>In the same word or in the next: <c>-LX</c>, <c>-L X</c>.</summary>
    JoinedOrSeparate,

    /// <summary>Behind an equals sign or in the next word: <c>--soname=X</c>, <c>--soname X</c>.</summary>
    EqualsOrSeparate,

    /// <summary>Behind an equals sign, or left out: <c>--build-id</c>, <c>--build-id=sha1</c>.</summary>
    EqualsOrAlone,
}
