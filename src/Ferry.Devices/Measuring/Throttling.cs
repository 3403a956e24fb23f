namespace Ferry.Devices;

/// <summary>
/// Why a Raspberry Pi's firmware slows the processor down, as the bits of <c>vcgencmd get_throttled</c> (raspberrypi.com, "vcgencmd"): the low ones
/// say what is so now, the same ones 16 higher what has been since it was started.
/// </summary>
[Flags]
public enum Throttling
{
    /// <summary>Nothing slows it down.</summary>
    None = 0,

    /// <summary>The supply gives less than 4.63 V.</summary>
    UnderVoltage = 1,

    /// <summary>The frequency is not the highest that was set.</summary>
    FrequencyCapped = 2,

    /// <summary>The frequency is at its lowest.</summary>
    Throttled = 4,

    /// <summary>The temperature at which a Pi 3 takes some frequency back.</summary>
    SoftTemperatureLimit = 8,
}
