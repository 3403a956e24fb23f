namespace Ferry.Linking;

/// <summary>Why an object does not fit the target.</summary>
public enum Misfit
{
    /// <summary>It passes floating-point numbers in other registers.</summary>
    FloatAbi,

    /// <summary>It was compiled for newer processors.</summary>
    Architecture,
}
