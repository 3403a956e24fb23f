namespace Ferry.Elf.Inspection;

/// <summary>What a program needs to be started.</summary>
public enum Linkage
{
    /// <summary>Nothing; it has a fixed address.</summary>
    Static,

    /// <summary>Nothing; it relocates itself to any address (static-pie).</summary>
    StaticPie,

    /// <summary>A loader; it has a fixed address.</summary>
    Dynamic,

    /// <summary>A loader, which puts it at any address (PIE).</summary>
    DynamicPie,
}
