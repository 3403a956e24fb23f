using Ferry.Terminal;

namespace Ferry.Doors;

/// <summary>What the user sees of a run besides the program: a line while something is sent, and with -v how much that was.</summary>
internal sealed class RunReport(string device, string program) : IDisposable
{
    private readonly TransferLine line = new("Sending", $"{program} to {device}");
    private long? thereBefore;
    private long sent;

    public static void Say(string verb, string what) => Status.Say(verb, what);

    public void Sent(long bytes, long total)
    {
        thereBefore ??= bytes < total ? bytes : 0; // of an earlier try, which was interrupted
        sent = total - thereBefore.Value;
        line.Report(bytes, total);
        if (bytes == total)
        {
            line.Dispose();
        }
    }

    public void Dispose()
    {
        line.Dispose();
        Status.Detail("Ran", $"{program} on {device}, {sent} bytes of programs sent");
    }
}
