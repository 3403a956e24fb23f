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

    /// <summary>Whether a 64-bit kernel was configured to run 32-bit programs (CONFIG_COMPAT, CONFIG_IA32_EMULATION); null for a 32-bit kernel.</summary>
    public bool? Compat32 { get; init; }
}
