using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A run that goes on while the test does things to it.</summary>
internal sealed class BackgroundRun
{
    private readonly Task<ProgramEnd> end;

    public BackgroundRun(LocalAgent agent, RunRequest request, Stream? input = null) =>
        end = Task.Factory.StartNew(
            () => agent.Session.Run(request, new LocalStreams(input, Output, Errors)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public WatchedStream Output { get; } = new();

    public WatchedStream Errors { get; } = new();

    /// <summary>How the program ended; what Run threw is thrown here.</summary>
    public ProgramEnd End() =>
        Task.WhenAny(end, Task.Delay(TimeSpan.FromSeconds(20))).Result == end ? end.GetAwaiter().GetResult() : throw new TimeoutException("the run did not end; so far: " + Output.Text);
}
