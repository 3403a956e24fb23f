using Ferry.Processes;

namespace Ferry.Remote.Agent;

/// <summary>
/// Where a program's streams end on this PC. An <paramref name="Input"/> of null gives the program an empty stdin.
/// With <paramref name="IsConsole"/> they are this process' own: its signals are passed on, its terminal is made raw when the program has one.
/// </summary>
internal sealed record LocalStreams(Stream? Input, Stream Output, Stream Errors, bool IsConsole = false)
{
    public static LocalStreams OfThisProcess() =>
        new(StandardStream.Input(), StandardStream.Output(), StandardStream.Errors(), IsConsole: true);
}
