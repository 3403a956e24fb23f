using System.Runtime.InteropServices;

namespace Ferry.Processes;

/// <summary>
/// Survives what is meant to end this process (Ctrl-C, and what a closed terminal or a service manager says), so that its children end first. The first
/// signal is handed on to them; another one, or too long a wait, kills them.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int ChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly List<PosixSignalRegistration> registrations = [];
    private readonly List<SessionProcess> children = [];
    private readonly CancellationTokenSource first = new();
    private readonly Timer patience;
    private readonly Lock gate = new();

    public Interruption()
    {
        if (OperatingSystem.IsLinux())
        {
            // What a child leaves behind becomes our child, whose end we see: a container's first process may reap nothing.
            _ = Libc.ProcessControl(ChildSubreaper, 1, 0, 0, 0);
        }

        patience = new Timer(_ => Pass(LinuxSignal.Kill));
        Listen(PosixSignal.SIGINT, LinuxSignal.Interrupt);
        Listen(PosixSignal.SIGTERM, LinuxSignal.Terminate);
        Listen(PosixSignal.SIGHUP, LinuxSignal.HangUp);
        Listen(PosixSignal.SIGQUIT, LinuxSignal.Quit);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => first.Token;

    /// <summary>The first signal; 0 as long as there is none.</summary>
    public int Signal { get; private set; }

    public bool HasCome => Signal != 0;

    /// <summary>What a shell would say of a process that this signal ended.</summary>
    public int ExitCode => 128 + Signal;

    /// <summary>Starts a child that gets our signals until <see cref="Forget"/>.</summary>
    public SessionProcess Start(ChildLine line)
    {
        lock (gate)
        {
            var child = SessionProcess.Start(line);
            children.Add(child);
            if (HasCome)
            {
                Send(child, Signal);
            }

            return child;
        }
    }

    public void Forget(SessionProcess child)
    {
        lock (gate)
        {
            children.Remove(child);
        }
    }

    public void Dispose()
    {
        registrations.ForEach(registration => registration.Dispose());
        patience.Dispose();
        first.Dispose();
    }

    private static void Send(SessionProcess child, int signal)
    {
        if (!child.SignalGroup(signal))
        {
            child.Kill(signal);
        }
    }

    private void Listen(PosixSignal signal, int number) =>
        registrations.Add(PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            Take(number);
        }));

    private void Take(int number)
    {
        lock (gate)
        {
            Pass(HasCome ? LinuxSignal.Kill : number);
            if (HasCome)
            {
                return;
            }

            Signal = number;
            patience.Change(Grace, Timeout.InfiniteTimeSpan);
        }

        first.Cancel();
    }

    private void Pass(int signal)
    {
        lock (gate)
        {
            children.ForEach(child => Send(child, signal));
        }
    }
}
