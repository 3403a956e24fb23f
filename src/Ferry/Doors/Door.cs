namespace Ferry.Doors;

/// <summary>One executable, three doors: the name that it was started under says which.</summary>
internal enum Door
{
    Tool,
    Linker,
    Runner,
}
