using Ferry.Devices;
using Ferry.Doors;
using Ferry.Remote.Agent;
using Ferry.Remote.Packing;
using Ferry.Remote.Sysroots;
using Ferry.Terminal;

namespace Ferry.Commands.Debugging;

/// <summary>A gdbserver that is sent to a device which has none: a program like any other, held against the device before.</summary>
internal static class GdbserverAlong
{
    /// <exception cref="FerryException">It cannot run there.</exception>
    public static ProgramFile File(string path, DeviceRecord device, Sysroot? sysroot)
    {
        try
        {
            var packed = Fitness.Ensure(Packer.Pack(path, []), DeviceSummary.Of(device), null, () => (device, sysroot), [], Status.Warn);
            return ProgramSurroundings.FileOf(packed.Program, isLibrary: false);
        }
        catch (FerryException e)
        {
            throw new FerryException(e.Message, e.Cause, "take the gdbserver of the device's own system, or a static one for its processor", e.Exit);
        }
    }
}
