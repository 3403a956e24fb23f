using System.Runtime.InteropServices;
using Ferry.Processes;

namespace Ferry.Remote.Agent;

/// <summary>
/// This process while a program runs elsewhere: the signals it gets are the program's, and with a terminal there its own is raw, so
/// that Ctrl-C is a byte like any other. Everything is as before after Dispose.
/// </summary>
internal sealed class LocalConsole : IDisposable
{
    private static readonly TimeSpan ThirdInterruptWithin = TimeSpan.FromSeconds(2);

    private readonly AgentSession session;
    private readonly Stream errors;
    private readonly RawTerminal? terminal;
    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly Queue<long> interrupts = [];

    public LocalConsole(AgentSession session, Stream errors, bool hasTerminal)
    {
        (this.session, this.errors) = (session, errors);
        Listen(PosixSignal.SIGINT, Interrupted);
        Listen(PosixSignal.SIGTERM, () => Pass(LinuxSignal.Terminate));
        Listen(PosixSignal.SIGHUP, () => Pass(LinuxSignal.HangUp));
        Listen(PosixSignal.SIGQUIT, () => Pass(LinuxSignal.Quit));
        if (!OperatingSystem.IsWindows())
        {
            Listen(PosixSignal.SIGTSTP, StopAlone);
            Listen(PosixSignal.SIGCONT, () => Pass(LinuxSignal.Continue));
        }

        if (hasTerminal && !OperatingSystem.IsWindows())
        {
            terminal = RawTerminal.Enter();
            Listen(PosixSignal.SIGWINCH, Resized);
        }
    }

    /// <summary>The program was stopped by Ctrl-Z in its terminal: so is everything that runs here in the foreground, cargo too.</summary>
    public void StopWithProgram() => Stop(wholeGroup: true);

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        terminal?.Dispose();
    }

    private void Listen(PosixSignal signal, Action act) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            try
            {
                act();
            }
            catch (Exception e) when (e is FerryException or IOException)
            {
                // The connection is lost, and whoever runs the program says so; or nobody reads our stderr.
            }
        }));

    private void Pass(int signal) => session.Signal(signal);

    /// <summary>A program that ignores Ctrl-C must not hold the user: the third one in a short time kills it.</summary>
    private void Interrupted()
    {
        var now = Environment.TickCount64;
        interrupts.Enqueue(now);
        while (interrupts.Peek() < now - ThirdInterruptWithin.TotalMilliseconds)
        {
            interrupts.Dequeue();
        }

        if (interrupts.Count < 3)
        {
            Pass(LinuxSignal.Interrupt);
            return;
        }

        Pass(LinuxSignal.Kill);
        errors.Write("ferry: third Ctrl-C, killing the program on the device\n"u8);
    }

    /// <summary>Ctrl-Z in our own terminal, or a signal to us alone: the program and we stop.</summary>
    private void StopAlone()
    {
        Pass(LinuxSignal.Stop);
        Stop(wholeGroup: false);
    }

    private void Stop(bool wholeGroup)
    {
        session.Suspend();
        terminal?.Leave();
        Death.StopHere(wholeGroup);
        session.Resume();
        terminal?.EnterAgain();
        Resized();
        Pass(LinuxSignal.Continue);
    }

    private void Resized()
    {
        if (terminal is not null && RawTerminal.Size() is { } size)
        {
            session.Resize(new TerminalSize(size.Rows, size.Columns));
        }
    }
}
