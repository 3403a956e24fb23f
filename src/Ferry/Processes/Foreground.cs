using System.Runtime.InteropServices;

namespace Ferry.Processes;

/// <summary>Runs a tool with our own terminal and streams, and waits for it. A Ctrl-C is the tool's: we survive it to say what is left to say.</summary>
internal static class Foreground
{
    public static ProcessEnd Run(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? variables = null)
    {
        PosixSignal[] theirs = [PosixSignal.SIGINT, PosixSignal.SIGQUIT];
        var registrations = theirs.Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)).ToList();
        try
        {
            using var tool = SessionProcess.Start(new ChildLine(file, arguments) { Input = ChildStream.Inherit, OwnSession = false, Variables = variables ?? new Dictionary<string, string?>() });
            return tool.Wait();
        }
        finally
        {
            registrations.ForEach(registration => registration.Dispose());
        }
    }
}
