namespace Ferry.Commands.Inspecting;

/// <summary>How floating-point numbers are passed on 32-bit ARM: hard or soft, null where a witness is silent.</summary>
/// <param name="Header">By e_flags.</param>
/// <param name="Attributes">By Tag_ABI_VFP_args.</param>
/// <param name="Disagree">Whether one says the opposite of the other.</param>
internal sealed record FloatReport(string? Header, string? Attributes, bool Disagree);
