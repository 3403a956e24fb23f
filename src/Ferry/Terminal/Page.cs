using Ferry.Processes;

namespace Ferry.Terminal;

/// <summary>
/// Where Ferry writes: results on stdout, everything else on stderr. Not through .NET's Console, which sends a terminal the codes of a
/// full-screen program before the first word.
/// </summary>
internal static class Page
{
    public static TextWriter Results { get; } = Writer(StandardStream.Output());

    public static TextWriter Messages { get; } = Writer(StandardStream.Errors());

    private static TextWriter Writer(Stream stream) => TextWriter.Synchronized(new StreamWriter(stream, bufferSize: 4096) { AutoFlush = true, NewLine = "\n" });
}
