namespace Ferry.Processes;

/// <summary>Linux' numbers of signals, which are the protocol's, and what they are called here.</summary>
internal static class LinuxSignal
{
    public const int HangUp = 1;
    public const int Interrupt = 2;
    public const int Quit = 3;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    /// <summary>SIGTSTP, the one of Ctrl-Z, which a program may catch; not SIGSTOP.</summary>
    public const int Stop = 20;

    // signal(7); the numbers of x86, ARM and RISC-V. In the last column macOS' number, 0 where it has none.
    private static readonly (string Name, int OnMac)[] Signals =
    [
        ("signal 0", 0), ("SIGHUP", 1), ("SIGINT", 2), ("SIGQUIT", 3), ("SIGILL", 4), ("SIGTRAP", 5), ("SIGABRT", 6), ("SIGBUS", 10),
        ("SIGFPE", 8), ("SIGKILL", 9), ("SIGUSR1", 30), ("SIGSEGV", 11), ("SIGUSR2", 31), ("SIGPIPE", 13), ("SIGALRM", 14), ("SIGTERM", 15),
        ("SIGSTKFLT", 0), ("SIGCHLD", 20), ("SIGCONT", 19), ("SIGSTOP", 17), ("SIGTSTP", 18), ("SIGTTIN", 21), ("SIGTTOU", 22), ("SIGURG", 16),
        ("SIGXCPU", 24), ("SIGXFSZ", 25), ("SIGVTALRM", 26), ("SIGPROF", 27), ("SIGWINCH", 28), ("SIGIO", 23), ("SIGPWR", 0), ("SIGSYS", 12),
    ];

    /// <summary>"SIGSEGV" for 11; "signal 40" for those without a name.</summary>
    public static string Name(int signal) => signal > 0 && signal < Signals.Length ? Signals[signal].Name : $"signal {signal}";

    /// <summary>The number that this system knows the signal by; 0 when it knows none.</summary>
    public static int Here(int signal) =>
        !OperatingSystem.IsMacOS() ? signal
        : signal > 0 && signal < Signals.Length ? Signals[signal].OnMac
        : 0;
}
