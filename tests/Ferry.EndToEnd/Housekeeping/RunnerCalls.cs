using System.Runtime.Versioning;
using Ferry.Lab;

namespace Ferry.EndToEnd.Housekeeping;

/// <summary>Many calls of the runner at the same time, as test runners make them.</summary>
[UnsupportedOSPlatform("windows")]
internal static class RunnerCalls
{
    /// <summary>One call for each device that is named; the nth runs a counterpart that ends with n, and that must be how the call ends.</summary>
    public static void ShouldAllEndAsTheirPrograms(FerryTool ferry, string program, IReadOnlyList<string> devices)
    {
        var runner = Path.Combine(ferry.Home, "ferry", "cache", "bin", "ferry-runner");
        var codes = Path.Combine(ferry.Home, Guid.NewGuid().ToString("N"));
        var calls = devices.Select((device, i) => $"(FERRY_DEVICE={device} '{runner}' '{program}' exit {i}; echo \"{i} $?\" >> '{codes}') &\n");
        var result = Run.Process("bash", ["-c", string.Concat(calls) + "wait"], ferry.Home, ferry.Variables(), timeout: TimeSpan.FromMinutes(4)).ShouldExitWith(0);
        File.ReadAllLines(codes).ShouldBe(Enumerable.Range(0, devices.Count).Select(i => $"{i} {i}"), ignoreOrder: true, result.Errors);
        result.Errors.ShouldNotContain("error");
    }

    /// <summary>The counterpart that cargo has built in a copy of its project.</summary>
    public static string Counterpart(string project) =>
        Directory.EnumerateFiles(Path.Combine(project, "target"), "counterpart", SearchOption.AllDirectories).Single(file => file.EndsWith("-gnu/debug/counterpart", StringComparison.Ordinal));
}
