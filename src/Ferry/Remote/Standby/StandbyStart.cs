using System.Runtime.Versioning;
using Ferry.Processes;
using Ferry.Remote.Ssh;
using Ferry.Toolchain;

namespace Ferry.Remote.Standby;

/// <summary>Starts the process that keeps an agent ready, at the end of a run that had none.</summary>
internal static class StandbyStart
{
    /// <summary>"off" keeps Ferry from leaving anything but ssh's own connection behind.</summary>
    public const string Variable = "FERRY_STANDBY";

    public static bool IsWanted => !OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable(Variable) is not ("off" or "0" or "no");

    [UnsupportedOSPlatform("windows")]
    public static void Begin(SshAddress address, string startCommand)
    {
        _ = SessionProcess.Start(RunnerFile.Place(DoorFile.Standby), [address.ToString(), startCommand], ChildStream.Null, ChildStream.Null, ChildStream.Null);
    }
}
