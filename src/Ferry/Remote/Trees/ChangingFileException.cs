namespace Ferry.Remote.Trees;

/// <summary>A file was written to while it was sent: somebody's log, or where the output of this very command goes. The run is begun anew, without it.</summary>
internal sealed class ChangingFileException(string path) : Exception($"'{path}' changes while it is sent")
{
    public string Path { get; } = path;
}
