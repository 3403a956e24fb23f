namespace Ferry.Remote.Agent;

/// <summary>What a run waits for on the device.</summary>
/// <param name="Reason">What it is.</param>
/// <param name="Since">How long a measurement has been going on.</param>
/// <param name="Program">The benchmark's file name.</param>
internal readonly record struct DeviceWait(WaitReason Reason, TimeSpan Since, string Program);
