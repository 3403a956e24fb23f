namespace Ferry.Doors;

/// <summary>One executable, several doors: the name that it was started under says which.</summary>
internal enum Door
{
    Tool,
    Linker,
    Runner,
    Standby,
    Cc,
    Cxx,
    Archiver,
    Ranlib,
    PkgConfig,
}
