using Ferry.Debugging;
using Ferry.Devices;
using Ferry.Elf;
using Ferry.Elf.Cores;
using Ferry.Remote.Cores;
using Ferry.Remote.Emulator;
using Ferry.Remote.Packing;
using Ferry.Remote.Sysroots;

namespace Ferry.Commands.Debugging;

/// <summary>What a crash has left, in a debugger: there is no process, and nothing runs on the device.</summary>
/// <param name="device">Where it happened.</param>
/// <param name="sysroot">What is here of that device.</param>
/// <param name="packed">The program as cargo builds it now.</param>
/// <param name="folder">Where it runs there, when that is not the home folder.</param>
internal sealed class CoreSession(DeviceRecord device, Sysroot? sysroot, PackedProgram packed, string? folder)
{
    /// <param name="debugger">With which.</param>
    /// <param name="wanted">A core file of this PC; empty for the newest on the device.</param>
    /// <param name="setup">What the debugger is told of everything else, in a folder of this session.</param>
    public int Run(Debugger debugger, string wanted, Func<string, DebugSetup> setup)
    {
        var session = Directory.CreateTempSubdirectory("ferry-debug-").FullName; // 0700
        try
        {
            var (file, place) = wanted.Length > 0 ? (CorePacking.Unpack(Path.GetFullPath(wanted), Path.Combine(session, "core")), session) : OnDevice();
            var told = setup(session) with { Core = file };
            if (Read(file) is { } core)
            {
                CoreMatch.Warn(core, packed.Program);
                var root = Directory.CreateDirectory(Path.Combine(session, "device")).FullName;
                told = told with { LibraryFolders = [.. told.LibraryFolders, .. new CoreLibraries(core, device, sysroot, packed).LayOut(place, root)], Sysroot = root };
            }

            return DebuggerRun.ToTheEnd(debugger, told, session) is { Code: 0, Signal: 0 } ? ExitCode.Done
                : throw new FerryException($"'{Path.GetFileName(debugger.Path)}' did not end well");
        }
        finally
        {
            Directory.Delete(session, recursive: true);
        }
    }

    private (string File, string Folder) OnDevice() => !EmulatorDevice.IsName(device.Name) ? CoreKeeping.Newest(device, packed.Program.Name, folder)
        : throw new FerryException("nobody looks for cores of the emulator", "it leaves them in the folder where the program worked", "name one: ferry debug --core FILE", ExitCode.WrongUsage);

    /// <summary>Null for one that is too large to be looked at; debuggers do that piece by piece.</summary>
    private static CoreFile? Read(string file)
    {
        try
        {
            return new FileInfo(file).Length > int.MaxValue ? null : CoreFile.Read(ElfFile.Read(File.ReadAllBytes(file)));
        }
        catch (ElfFormatException e)
        {
            throw new FerryException($"'{file}' is no core file that can be read", e.Message);
        }
    }
}
