namespace Ferry.Commands.Many;

/// <summary>How a verb ended on one of several devices: a row of the table.</summary>
/// <param name="Text">For people: ok, 3 failed, exit 101, unreachable.</param>
/// <param name="Code">What it adds to Ferry's own exit code.</param>
internal sealed record DeviceResult(string Text, int Code)
{
    public static readonly DeviceResult Unreachable = new("unreachable", ExitCode.FerryInsteadOfProgram);

    public TestCounts? Counts { get; init; }

    public TimeSpan? Time { get; init; }
}
