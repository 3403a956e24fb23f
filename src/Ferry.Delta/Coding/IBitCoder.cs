namespace Ferry.Delta.Coding;

/// <summary>
/// Writes bits or reads them: one description of the format serves both. What is written is passed in and comes back; what is read
/// comes back, whatever was passed in.
/// </summary>
internal interface IBitCoder
{
    int Bit(ref BitModel model, int bit);

    /// <summary>A bit that nothing is known of.</summary>
    int Bit(int bit);

    /// <summary>Whether more was read than there is.</summary>
    bool IsPastEnd { get; }
}
