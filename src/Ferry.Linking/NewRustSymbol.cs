using System.Globalization;
using System.Text;

namespace Ferry.Linking;

/// <summary>
/// Reads Rust's symbols of the newer form (RFC 2603, "v0"): paths as the older form would show them, so that what a function was made for (its type
/// arguments) is left out, and all forms of it have one name.
/// </summary>
internal ref struct NewRustSymbol
{
    private const int Deepest = 60;
    private const int Longest = 2000;
    private readonly StringBuilder shown = new();
    private MangledText rest;
    private int depth;
    private int steps;

    private NewRustSymbol(MangledText rest) => this.rest = rest;

    /// <summary>The path, or null for what is no such symbol, or one without end.</summary>
    public static string? Readable(string symbol)
    {
        if (!symbol.StartsWith("_R", StringComparison.Ordinal))
        {
            return null;
        }

        var reader = new NewRustSymbol(new MangledText(symbol.AsSpan(2)));
        return reader.Path(inType: false) && reader.shown.Length > 0 ? reader.shown.ToString() : null;
    }

    private bool Path(bool inType)
    {
        if (++steps > Longest || shown.Length > Longest || depth >= Deepest)
        {
            return false;
        }

        depth++;
        var read = rest.Next() switch
        {
            'C' => Disambiguator() && Identifier(),
            'N' => Nested(inType),
            'M' => ImplPath() && Show("<") && Type() && Show(">"),
            'X' => ImplPath() && AsTrait(),
            'Y' => AsTrait(),
            'I' => Path(inType) && Arguments(inType),
            'B' => Back(inType, isType: false),
            _ => false,
        };
        depth--;
        return read;
    }

    private bool AsTrait() => Show("<") && Type() && Show(" as ") && Path(inType: true) && Show(">");

    // Where an implementation stands says nothing that its type does not.
    private bool ImplPath()
    {
        var before = shown.Length;
        var read = Disambiguator() && Path(inType: false);
        shown.Length = Math.Min(shown.Length, before);
        return read;
    }

    private bool Nested(bool inType)
    {
        var kind = rest.Next();
        if (!Path(inType) || !Disambiguator())
        {
            return false;
        }

        Show("::");
        return !char.IsAsciiLetterUpper(kind) ? Identifier()
            : Show(kind == 'C' ? "{{closure" : "{{shim") && Hidden() && Show("}}");
    }

    private bool Hidden()
    {
        var before = shown.Length;
        var read = Identifier();
        shown.Length = before;
        return read;
    }

    private bool Arguments(bool inType)
    {
        var before = shown.Length;
        Show("<");
        var first = true;
        while (rest.Peek() != 'E')
        {
            if (!first)
            {
                Show(",");
            }

            first = false;
            if (!(rest.Take('L') ? rest.Base62() is not null : rest.Take('K') ? Const() : Type()))
            {
                return false;
            }
        }

        _ = rest.Next();
        Show(">");
        shown.Length = inType ? shown.Length : before;
        return true;
    }

    private bool Type()
    {
        if (++steps > Longest || shown.Length > Longest || depth >= Deepest)
        {
            return false;
        }

        if (Basic(rest.Peek()) is { } basic)
        {
            _ = rest.Next();
            return Show(basic);
        }

        depth++;
        var read = TypeForm();
        depth--;
        return read;
    }

    private bool TypeForm()
    {
        switch (rest.Peek())
        {
            case 'R' or 'Q' or 'P' or 'O':
                Show(rest.Next() switch { 'R' => "&", 'Q' => "&mut ", 'P' => "*const ", _ => "*mut " });
                return (!rest.Take('L') || rest.Base62() is not null) && Type();
            case 'A':
                _ = rest.Next();
                return Show("[") && Type() && Show("; ") && Const() && Show("]");
            case 'S':
                _ = rest.Next();
                return Show("[") && Type() && Show("]");
            case 'T':
                _ = rest.Next();
                return Show("(") && Types() && Show(")");
            case 'F':
                _ = rest.Next();
                return Binder() && Function();
            case 'D':
                _ = rest.Next();
                return Binder() && Show("dyn ") && Traits() && rest.Take('L') && rest.Base62() is not null;
            case 'B':
                _ = rest.Next();
                return Back(inType: true, isType: true);
            default:
                return Path(inType: true);
        }
    }

    private bool Types()
    {
        for (var first = true; !rest.Take('E'); first = false)
        {
            if (!(first || Show(", ")) || !Type())
            {
                return false;
            }
        }

        return true;
    }

    private bool Function()
    {
        _ = rest.Take('U');
        return (!rest.Take('K') || rest.Take('C') || Hidden()) && Show("fn(") && Types() && Show(") -> ") && Type();
    }

    private bool Traits()
    {
        for (var first = true; !rest.Take('E'); first = false)
        {
            if (!(first || Show(" + ")) || !Path(inType: true))
            {
                return false;
            }

            while (rest.Take('p'))
            {
                if (!Hidden() || !Type())
                {
                    return false;
                }
            }
        }

        return true;
    }

    private bool Const()
    {
        if (rest.Take('p'))
        {
            return Show("_");
        }

        if (rest.Take('B'))
        {
            return rest.Base62() is not null && Show("_");
        }

        _ = rest.Next(); // its type
        Show(rest.Take('n') ? "-" : "");
        return rest.Hex() is { } value && Show(value.ToString(CultureInfo.InvariantCulture));
    }

    private bool Back(bool inType, bool isType)
    {
        if (rest.Base62() is not { } place || place >= (ulong)rest.At)
        {
            return false;
        }

        var here = rest.At;
        rest.At = (int)place;
        var read = isType ? Type() : Path(inType);
        rest.At = here;
        return read;
    }

    private bool Binder() => !rest.Take('G') || rest.Base62() is not null;

    private bool Disambiguator() => !rest.Take('s') || rest.Base62() is not null;

    private bool Identifier()
    {
        var read = rest.Name(out var name);
        shown.Append(name);
        return read;
    }

    private static string? Basic(char letter) => letter switch
    {
        'a' => "i8", 'b' => "bool", 'c' => "char", 'd' => "f64", 'e' => "str", 'f' => "f32", 'h' => "u8", 'i' => "isize", 'j' => "usize", 'l' => "i32", 'm' => "u32", 'n' => "i128",
        'o' => "u128", 's' => "i16", 't' => "u16", 'u' => "()", 'v' => "...", 'x' => "i64", 'y' => "u64", 'z' => "!", 'p' => "_", _ => null,
    };

    private bool Show(string part)
    {
        shown.Append(part);
        return true;
    }
}
