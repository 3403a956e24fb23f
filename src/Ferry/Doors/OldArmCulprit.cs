using Ferry.Linking;

namespace Ferry.Doors;

/// <summary>An object with code that an old processor does not know.</summary>
/// <param name="From">The object.</param>
/// <param name="Count">How many such instructions it has in the program.</param>
/// <param name="First">The first of them, and its function; or why the code cannot be told.</param>
internal sealed record OldArmCulprit(LinkedObject From, int Count, string First)
{
    public string? Crate { get; } = CrateName.Of(From);

    public override string ToString() =>
        $"{From}{(Crate is null ? "" : CrateName.IsRustsOwn(From) ? " of Rust's own libraries" : $" of crate {Crate}")}: {First}{(Count > 1 ? $", and {Count - 1} more" : "")}";
}
