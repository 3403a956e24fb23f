namespace Ferry.Elf;

/// <summary>How 32-bit ARM code passes floating-point arguments. Code of different kinds must not meet in one process.</summary>
public enum ArmFloatAbi
{
    /// <summary>The file does not say, or is not for 32-bit ARM.</summary>
    Unknown,

    /// <summary>In integer registers (…-gnueabi).</summary>
    Soft,

    /// <summary>In VFP registers (…-gnueabihf).</summary>
    Hard,
}
