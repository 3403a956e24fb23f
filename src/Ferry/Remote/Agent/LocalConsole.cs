using System.Runtime.InteropServices;
using Ferry.Processes;

namespace Ferry.Remote.Agent;

/// <summary>
/// This process while a program runs elsewhere: the signals it gets are the program's, and with a terminal there its own is raw, so
/// that Ctrl-C is a byte like any other. Everything is as before after Dispose.
/// </summary>
internal sealed class LocalConsole : IDisposable
{
    private static readonly TimeSpan s_thirdInterruptWithin = TimeSpan.FromSeconds(2);

    private readonly AgentSession _session;
    private readonly Stream _errors;
    private readonly RawTerminal? _terminal;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private readonly Queue<long> _interrupts = [];

    public LocalConsole(AgentSession session, Stream errors, bool hasTerminal)
    {
        (_session, _errors) = (session, errors);
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
            _terminal = RawTerminal.Enter();
            Listen(PosixSignal.SIGWINCH, Resized);
        }
    }

    /// <summary>The program was stopped by Ctrl-Z in its terminal: so is everything that runs here in the foreground, cargo too.</summary>
    public void StopWithProgram() => Stop(wholeGroup: true);

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _terminal?.Dispose();
    }

    private void Listen(PosixSignal signal, Action act) =>
        _registrations.Add(PosixSignalRegistration.Create(signal, context =>
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

    private void Pass(int signal) => _session.Signal(signal);

    /// <summary>A program that ignores Ctrl-C must not hold the user: the third one in a short time kills it.</summary>
    private void Interrupted()
    {
        var now = Environment.TickCount64;
        _interrupts.Enqueue(now);
        while (_interrupts.Peek() < now - s_thirdInterruptWithin.TotalMilliseconds)
        {
            _interrupts.Dequeue();
        }

        if (_interrupts.Count < 3)
        {
            Pass(LinuxSignal.Interrupt);
            return;
        }

        Pass(LinuxSignal.Kill);
        _errors.Write("ferry: third Ctrl-C, killing the program on the device\n"u8);
    }

    /// <summary>Ctrl-Z in our own terminal, or a signal to us alone: the program and we stop.</summary>
    private void StopAlone()
    {
        Pass(LinuxSignal.Stop);
        Stop(wholeGroup: false);
    }

    private void Stop(bool wholeGroup)
    {
        _session.Suspend();
        _terminal?.Leave();
        Death.StopHere(wholeGroup);
        _session.Resume();
        _terminal?.EnterAgain();
        Resized();
        Pass(LinuxSignal.Continue);
    }

    private void Resized()
    {
        if (_terminal is not null && RawTerminal.Size() is { } size)
        {
            _session.Resize(new TerminalSize(size.Rows, size.Columns));
        }
    }
}
