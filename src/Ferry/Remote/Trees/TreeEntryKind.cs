namespace Ferry.Remote.Trees;

/// <summary>What lies at a path of a tree; numbered as in docs/reference/agent-protocol.md.</summary>
internal enum TreeEntryKind : byte
{
    /// <summary>A file that a program may write to: the device gets a copy of its own.</summary>
    Data,

    /// <summary>A program of the device's store.</summary>
    Program,

    /// <summary>An empty folder; others come with what is in them.</summary>
    Folder,

    Link,
}
