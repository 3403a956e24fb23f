namespace Ferry.Processes;

/// <summary>A terminal that is not ours, by its path (what <c>tty</c> says there): a program's keys and screen while a debugger has ours. Not for Windows.</summary>
internal sealed class OtherTerminal : IDisposable
{
    private readonly RawTerminal raw;

    private OtherTerminal(Stream stream, TerminalSize size, RawTerminal raw) => (Stream, Size, this.raw) = (stream, size, raw);

    public Stream Stream { get; }

    public TerminalSize Size { get; }

    /// <summary>Null when the path is no terminal's. Throws what opening a file throws.</summary>
    public static OtherTerminal? Open(string path)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var fd = (int)handle.DangerousGetHandle();
        if (RawTerminal.SizeOf(fd) is { } size && RawTerminal.Enter(fd) is { } raw)
        {
            return new OtherTerminal(new FileStream(handle, FileAccess.ReadWrite, bufferSize: 0), size, raw);
        }

        handle.Dispose();
        return null;
    }

    public void Dispose() => raw.Dispose(); // the stream stays: somebody may be reading from it
}
