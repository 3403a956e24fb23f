using System.Globalization;

namespace Ferry.Linking;

/// <summary>A mangled symbol, read from left to right: letters, numbers and names of RFC 2603.</summary>
internal ref struct MangledText(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text;

    /// <summary>Where the next letter is.</summary>
    public int At { get; set; }

    /// <summary>The next letter, or NUL at the end.</summary>
    public readonly char Peek() => At < text.Length ? text[At] : '\0';

    public char Next() => At < text.Length ? text[At++] : '\0';

    public bool Take(char letter)
    {
        var there = Peek() == letter;
        At += there ? 1 : 0;
        return there;
    }

    /// <summary>"_" is 0, "0_" is 1; null for what is no number. Those of crates fill 64 bits.</summary>
    public ulong? Base62()
    {
        ulong value = 0;
        for (var first = true; !Take('_'); first = false)
        {
            var digit = Next() switch { >= '0' and <= '9' and var d => d - '0', >= 'a' and <= 'z' and var d => d - 'a' + 10, >= 'A' and <= 'Z' and var d => d - 'A' + 36, _ => -1 };
            if (digit < 0)
            {
                return null;
            }

            value = first ? (ulong)digit + 1 : ((value - 1) * 62) + (ulong)digit + 1;
        }

        return value;
    }

    /// <summary>A length and so many letters; those beyond ASCII stay in Punycode. False when there is no such name.</summary>
    public bool Name(out ReadOnlySpan<char> name)
    {
        name = default;
        _ = Take('u');
        var start = At;
        while (char.IsAsciiDigit(Peek()))
        {
            At++;
        }

        if (!int.TryParse(text[start..At], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
        {
            return false;
        }

        _ = Take('_'); // where the name itself begins with a digit or _
        if (length > text.Length - At)
        {
            return false;
        }

        name = text.Slice(At, length);
        At += length;
        return true;
    }

    /// <summary>Hexadecimal digits up to a _; null when there is none.</summary>
    public ulong? Hex()
    {
        var end = At < text.Length ? text[At..].IndexOf('_') : -1;
        if (end < 0)
        {
            return null;
        }

        var digits = text.Slice(At, end);
        At += end + 1;
        return ulong.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }
}
