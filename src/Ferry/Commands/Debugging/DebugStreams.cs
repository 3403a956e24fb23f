using Ferry.Processes;
using Ferry.Remote.Agent;

namespace Ferry.Commands.Debugging;

/// <summary>Where the streams of a program that is debugged end here: its stdin is a file or nothing, since the terminal is the debugger's.</summary>
internal sealed class DebugStreams : IDisposable
{
    private readonly Stream? input;
    private readonly Stream? output;

    public DebugStreams(string? input, string? output)
    {
        this.input = input is null ? null : Open(input, FileMode.Open, FileAccess.Read);
        this.output = output is null ? null : Open(output, IsDevice(output) ? FileMode.Open : FileMode.Create, FileAccess.Write);
        Local = new LocalStreams(this.input, this.output ?? StandardStream.Output(), this.output ?? StandardStream.Errors());
    }

    public LocalStreams Local { get; }

    public void Dispose()
    {
        input?.Dispose();
        output?.Dispose();
    }

    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static FileStream Open(string path, FileMode mode, FileAccess access)
    {
        try
        {
            return new FileStream(path, mode, access, FileShare.ReadWrite, bufferSize: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot open '{path}' for the program", e.Message, exit: ExitCode.WrongUsage);
        }
    }
}
