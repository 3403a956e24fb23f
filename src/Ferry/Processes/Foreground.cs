using System.Runtime.InteropServices;

namespace Ferry.Processes;

/// <summary>Runs a tool with our own terminal and streams, and waits for it. A Ctrl-C is the tool's: we survive it to say what is left to say.</summary>
internal static class Foreground
{
    /// <param name="file">The tool.</param>
    /// <param name="arguments">What follows its name.</param>
    /// <param name="variables">What its environment has besides ours.</param>
    /// <param name="passesEnd">Whether what is to end this process ends the tool first, and this one goes on to its own end.</param>
    public static ProcessEnd Run(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? variables = null, bool passesEnd = false)
    {
        PosixSignal[] theirs = [PosixSignal.SIGINT, PosixSignal.SIGQUIT];
        var registrations = theirs.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)).ToList();
        try
        {
            using var tool = SessionProcess.Start(new ChildLine(file, arguments) { Input = ChildStream.Inherit, OwnSession = false, Variables = variables ?? new Dictionary<string, string?>() });
            if (passesEnd)
            {
                registrations.Add(Pass(PosixSignal.SIGTERM, LinuxSignal.Terminate, tool));
                registrations.Add(Pass(PosixSignal.SIGHUP, LinuxSignal.HangUp, tool));
            }

            return tool.Wait();
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }
    }

    private static PosixSignalRegistration Pass(PosixSignal signal, int number, SessionProcess tool) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        tool.Kill(number);
    });
}
