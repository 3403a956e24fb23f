namespace Ferry.Processes;

/// <summary>How a process ended: by an exit code, or by a signal (then <see cref="Code"/> is 128 + the signal, as a shell would say).</summary>
internal readonly record struct ProcessEnd(int Code, int Signal)
{
    /// <summary>From what waitpid says: the low seven bits are the signal, the second byte is the exit code (the same on Linux and macOS).</summary>
    public static ProcessEnd FromWaitStatus(int status) =>
        (status & 0x7f) is var signal and not 0 ? new(128 + signal, signal) : new((status >> 8) & 0xff, 0);
}
