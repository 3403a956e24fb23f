namespace Ferry.Devices;

/// <summary>
/// What a run needs of a <see cref="DeviceRecord"/>: whom to ask, and where the agent is. The whole record is for the check of a program and for
/// whoever shows it.
/// </summary>
public sealed record DeviceSummary
{
    /// <summary>See <see cref="DeviceRecord.Name"/>.</summary>
    public required string Name { get; init; }

    /// <summary>See <see cref="DeviceRecord.Address"/>.</summary>
    public required string Address { get; init; }

    /// <summary>See <see cref="TargetChoice.Triple"/>.</summary>
    public required string? Triple { get; init; }

    /// <summary>See <see cref="DeviceProfile.Folder"/>.</summary>
    public required string? Folder { get; init; }

    /// <summary>See <see cref="UserFacts.Home"/>.</summary>
    public required string? Home { get; init; }

    /// <summary>See <see cref="DeviceRecord.SysrootId"/>.</summary>
    public required string? SysrootId { get; init; }

    /// <summary>Ticks of <see cref="DeviceRecord.ProbedAt"/>, UTC.</summary>
    public required long ProbedAt { get; init; }

    /// <summary>The summary of a record.</summary>
    public static DeviceSummary Of(DeviceRecord device) => new()
    {
        Name = device.Name,
        Address = device.Address,
        Triple = device.Target.Triple,
        Folder = device.Profile.Folder?.Path,
        Home = device.Profile.User.Home,
        SysrootId = device.SysrootId,
        ProbedAt = device.ProbedAt.UtcTicks,
    };
}
