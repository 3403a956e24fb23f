namespace Ferry.Devices;

/// <summary>How each fact of a profile was learnt, for <see cref="DeviceProfile.Learnt"/>.</summary>
internal static class ProbeSources
{
    public static IReadOnlyDictionary<string, string> Of(ProbeReport report) => new Dictionary<string, string>();
}
