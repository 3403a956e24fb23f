using System.Runtime.InteropServices;

namespace Ferry.Processes;

/// <summary>A tool that has our own terminal and streams. A Ctrl-C is the tool's, as long as it runs: we survive it to say what is left to say.</summary>
internal sealed class ForegroundTool : IDisposable
{
    private readonly List<PosixSignalRegistration> registrations;
    private readonly SessionProcess tool;

    /// <param name="file">The tool.</param>
    /// <param name="arguments">What follows its name.</param>
    /// <param name="variables">What its environment has besides ours.</param>
    /// <param name="passesEnd">Whether what is to end this process ends the tool first, and this one goes on to its own end.</param>
    public ForegroundTool(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? variables = null, bool passesEnd = false)
    {
        PosixSignal[] theirs = [PosixSignal.SIGINT, PosixSignal.SIGQUIT];
        registrations = [.. theirs.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true))];
        try
        {
            tool = SessionProcess.Start(new ChildLine(file, arguments) { Input = ChildStream.Inherit, OwnSession = false, Variables = variables ?? new Dictionary<string, string?>() });
        }
        catch
        {
            Forget();
            throw;
        }

        if (passesEnd)
        {
            registrations.Add(Pass(PosixSignal.SIGTERM, LinuxSignal.Terminate));
            registrations.Add(Pass(PosixSignal.SIGHUP, LinuxSignal.HangUp));
        }
    }

    public Task<ProcessEnd> End => tool.End;

    public ProcessEnd Wait() => tool.Wait();

    /// <summary>Kills the tool if it still runs, and waits for its end: the terminal is ours again.</summary>
    public void Dispose()
    {
        tool.Dispose();
        tool.Wait();
        Forget();
    }

    private void Forget() => registrations.ForEach(registration => registration.Dispose());

    private PosixSignalRegistration Pass(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        tool.Kill(number);
    });
}
