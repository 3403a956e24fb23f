// The runner door without ssh: AGENT FOLDER PROGRAM [ARGUMENT]... runs PROGRAM through an agent on this machine, with this process'
// streams, terminal and signals, and ends as the program did. For tests of what only a process of its own can show.
using System.Diagnostics;
using Ferry;
using Ferry.Processes;
using Ferry.Remote.Agent;

var raw = RawArguments.Of(args);
using var agent = Process.Start(new ProcessStartInfo(args[0]) { WorkingDirectory = args[1], UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true })!;
try
{
    ProgramEnd end;
    using (var session = new AgentSession(agent.StandardInput.BaseStream, agent.StandardOutput.BaseStream, agent.Kill))
    {
        if (!session.Greet())
        {
            throw new FerryException("no agent", session.Chatter);
        }

        var program = ProgramFile.Read(args[2]);
        end = session.Run(
            new RunRequest
            {
                Files = [program],
                Arguments = [.. raw.Skip(2)],
                Terminal = RawTerminal.ForProgram(),
                StderrApart = RawTerminal.StderrIsApart(),
            },
            LocalStreams.OfThisProcess());
    }

    if (end.BySignal)
    {
        Death.BySignal(end.Signal);
    }

    return end.ExitCode;
}
catch (FerryException e)
{
    Console.Error.WriteLine($"error: {e.Message}\ncause: {e.Cause}");
    return ExitCode.FerryInsteadOfProgram;
}
