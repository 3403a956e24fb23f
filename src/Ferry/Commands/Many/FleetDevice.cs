namespace Ferry.Commands.Many;

/// <summary>One of several devices for which a verb was typed.</summary>
/// <param name="Name">As it is known.</param>
/// <param name="Plan">What is to be done there; null when it could not be asked.</param>
internal sealed record FleetDevice(string Name, CargoPlan? Plan)
{
    /// <summary>Null as long as the device takes part.</summary>
    public DeviceResult? Result { get; set; }
}
