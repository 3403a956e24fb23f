namespace Ferry.Linking;

/// <summary>What a link makes.</summary>
public enum OutputKind
{
    /// <summary>A program with shared libraries, at a fixed address.</summary>
    Executable,

    /// <summary>A program with shared libraries, at any address (<c>-pie</c>).</summary>
    PositionIndependent,

    /// <summary>A program without shared libraries, at a fixed address (<c>-static</c>).</summary>
    Static,

    /// <summary>A program without shared libraries that relocates itself (<c>-static-pie</c>).</summary>
    StaticPositionIndependent,

    /// <summary>A shared object: cdylib, dylib, proc macro (<c>-shared</c>).</summary>
    Shared,
}
