namespace Ferry.Doors;

/// <summary>Names of Linux' signals, signal(7), as ARM, AArch64 and x86 number them.</summary>
internal static class SignalNames
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL (illegal instruction)", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS",
        [8] = "SIGFPE", [9] = "SIGKILL", [10] = "SIGUSR1", [11] = "SIGSEGV (invalid memory access)", [12] = "SIGUSR2", [13] = "SIGPIPE", [14] = "SIGALRM",
        [15] = "SIGTERM", [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    /// <summary>Those that a user sends, or a reader that has enough: as in a shell, nothing is said of them.</summary>
    public static bool IsAskedFor(int signal) => signal is 1 or 2 or 13 or 15;

    public static string Of(int signal) => Names.TryGetValue(signal, out var name) ? name : $"signal {signal}";
}
