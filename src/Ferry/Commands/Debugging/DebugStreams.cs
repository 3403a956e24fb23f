using Ferry.Processes;
using Ferry.Remote.Agent;

namespace Ferry.Commands.Debugging;

/// <summary>
/// Where the streams of a program that is debugged end here. Our terminal is the debugger's; so its stdin is nothing, a file, or another terminal, and then its output is there, too.
/// </summary>
internal sealed class DebugStreams : IDisposable
{
    private readonly OtherTerminal? terminal;
    private readonly Stream? input;
    private readonly Stream? output;

    public DebugStreams(string? input, string? output)
    {
        if (input is not null && IsDevice(input) && !OperatingSystem.IsWindows())
        {
            terminal = Open(input, OtherTerminal.Open);
        }

        this.input = input is null || terminal is not null ? null : Open(input, path => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0));
        this.output = output is null ? null : Open(output, path => new FileStream(path, IsDevice(path) ? FileMode.Open : FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0));
        var shown = this.output ?? terminal?.Stream;
        Local = new LocalStreams(terminal?.Stream ?? this.input, shown ?? StandardStream.Output(), shown ?? StandardStream.Errors());
    }

    public LocalStreams Local { get; }

    /// <summary>Set when the program is to have a terminal, of this size.</summary>
    public TerminalSize? Terminal => terminal?.Size;

    public void Dispose()
    {
        terminal?.Dispose();
        input?.Dispose();
        output?.Dispose();
    }

    private static bool IsDevice(string path) => path.StartsWith("/dev/", StringComparison.Ordinal);

    private static T Open<T>(string path, Func<string, T> open)
    {
        try
        {
            return open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FerryException($"cannot open '{path}' for the program", e.Message, exit: ExitCode.WrongUsage);
        }
    }
}
