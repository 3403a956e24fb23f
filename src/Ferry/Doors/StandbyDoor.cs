using System.Runtime.Versioning;
using Ferry.Remote.Ssh;
using Ferry.Remote.Standby;

namespace Ferry.Doors;

/// <summary>Ferry in the background: <c>ferry-standby ADDRESS COMMAND</c> keeps an agent started on a device, so that the next run need not wait for that.</summary>
internal static class StandbyDoor
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    public static int Run(string[] words)
    {
        if (words is not [var address, var command] || OperatingSystem.IsWindows())
        {
            throw new FerryException("this is started by Ferry itself", exit: ExitCode.WrongUsage);
        }

        Keep(SshAddress.Parse(address), command);
        return ExitCode.Done;
    }

    [UnsupportedOSPlatform("windows")]
    private static void Keep(SshAddress address, string command)
    {
        var place = StandbyPlace.Of(address, command);
        // No master, no question: who would answer it here?
        if (ControlSlots.TryLock(place.Lock) is not { } alone || SshMaster.Find(address) is not { } master)
        {
            return;
        }

        using (alone)
        {
            Environment.CurrentDirectory = "/";
            using var keeping = new StandbyKeeping(master, place, command);
            keeping.Run(Idle).GetAwaiter().GetResult();
        }
    }
}
