namespace Ferry.Devices;

/// <summary>What <c>ferry targets --for</c> says of a device; the names of the properties are API.</summary>
public sealed record TargetAdvice
{
    /// <summary>The device's own target and why, or why there is none.</summary>
    public required TargetChoice Choice { get; init; }

    /// <summary>The target of programs that need nothing of the device; null when there is none.</summary>
    public string? Static { get; init; }

    /// <summary>What <c>--tune</c> would build for; null where there is no target.</summary>
    public Tuning? Tuning { get; init; }

    /// <summary>The board, where its revision code tells.</summary>
    public string? Board { get; init; }

    /// <summary>For a device that is described by its profile.</summary>
    public static TargetAdvice For(DeviceProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var choice = TargetChoice.For(profile);
        return new TargetAdvice
        {
            Choice = choice,
            Static = choice.Triple is { } triple ? Targets.StaticTwin(triple) : null,
            Tuning = choice.Triple is { } own ? Tuning.For(profile, Targets.Find(own)!) : null,
            Board = KnownBoards.OfRevision(profile.Cpu.Revision)?.Name,
        };
    }
}
