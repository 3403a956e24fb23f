namespace Ferry.Devices;

/// <summary>The kernel, in the words of <c>uname</c>.</summary>
public sealed record KernelFacts
{
    /// <summary>"Linux".</summary>
    public string? Name { get; init; }

    /// <summary>"6.1.0-rpi7-rpi-v8".</summary>
    public string? Release { get; init; }

    /// <summary>"aarch64", "armv7l". The kernel's, which need not be the programs'.</summary>
    public string? Machine { get; init; }
}
