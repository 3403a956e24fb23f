namespace Ferry.Processes;

/// <summary>The two kinds of child behind <see cref="SessionProcess"/>: <see cref="UnixChild"/> and <see cref="WindowsChild"/>.</summary>
internal interface IChild
{
    int Id { get; }

    Stream Input { get; }

    Stream Output { get; }

    Stream Errors { get; }

    Task<ProcessEnd> End { get; }

    void Kill(int signal);

    bool SignalGroup(int signal);
}
