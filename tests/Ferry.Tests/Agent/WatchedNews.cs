using Ferry.Devices;
using Ferry.Lab;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Agent;

/// <summary>A run in the background with what its agent tells besides the program's own.</summary>
internal sealed class WatchedNews
{
    private readonly Lock gate = new();
    private readonly List<DeviceWait> waits = [];
    private readonly List<(bool IsAfter, DeviceConditions Conditions)> conditions = [];
    private readonly Task<ProgramEnd> end;
    private long sent;

    public WatchedNews(LocalAgent agent, RunRequest request)
    {
        var news = new RunNews(wait => Keep(() => waits.Add(wait)), (isAfter, files) => Keep(() => conditions.Add((isAfter, DeviceConditions.Read(files)))));
        end = Task.Factory.StartNew(
            () => agent.Session.Run(request, new LocalStreams(null, Output, Stream.Null), (done, _) => Volatile.Write(ref sent, done), news),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public WatchedStream Output { get; } = new();

    public long Sent => Volatile.Read(ref sent);

    public bool HasEnded => end.IsCompleted;

    public IReadOnlyList<WaitReason> Reasons => Copy(() => waits.Select(wait => wait.Reason).ToList());

    public IReadOnlyList<(bool IsAfter, DeviceConditions Conditions)> Conditions => Copy(() => conditions.ToList());

    public DeviceWait WaitFor(WaitReason reason)
    {
        Waiting.Until(() => Reasons.Contains(reason) || HasEnded, TimeSpan.FromSeconds(30), () => $"it did not wait: {string.Join(", ", Reasons)}");
        HasEnded.ShouldBeFalse();
        return Copy(() => waits.First(wait => wait.Reason == reason));
    }

    public ProgramEnd End() => end.Wait(TimeSpan.FromSeconds(30)) ? end.Result : throw new TimeoutException("the run did not end; so far: " + Output.Text);

    private void Keep(Action add)
    {
        lock (gate)
        {
            add();
        }
    }

    private T Copy<T>(Func<T> copy)
    {
        lock (gate)
        {
            return copy();
        }
    }
}
