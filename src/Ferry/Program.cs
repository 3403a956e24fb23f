using Ferry.Commands;
using Ferry.Doors;
using Ferry.Processes;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry;

/// <summary>Wiring only: which door was knocked at, and the one place where errors end.</summary>
internal static class Program
{
    private const int BrokenPipe = 32; // EPIPE
    private const int SigPipe = 13;

    public static int Main(string[] arguments)
    {
        var typed = RawArguments.All();
        var name = RawArguments.Text(typed[0]);
        var words = typed.TakeLast(arguments.Length).ToArray();
        var door = DoorName.Of(name);
        try
        {
            return door switch
            {
                Door.Linker => LinkerDoor.Run(name, arguments),
                Door.Runner => RunnerDoor.Run(words),
                Door.Standby => StandbyDoor.Run(arguments),
                Door.Cc => CompilerDoor.Run(name, arguments, cxx: false),
                Door.Cxx => CompilerDoor.Run(name, arguments, cxx: true),
                Door.Archiver => ArchiverDoor.Run(name, arguments),
                Door.Ranlib => ArchiverDoor.Index(arguments),
                Door.PkgConfig => PkgConfigDoor.Run(name, arguments),
                _ => RunTool(words),
            };
        }
        catch (FerryException e)
        {
            Errors.Print(e);
            if (door is Door.Runner or Door.Tool)
            {
                RunOutcome.Tell(e.Exit);
            }

            return door == Door.Runner || SpeaksForProgram(arguments) ? ExitCode.FerryInsteadOfProgram : e.Exit;
        }
        catch (IOException e) when (e.HResult == BrokenPipe)
        {
            // Whoever read our output has enough: as with any other tool, that is no failure to speak of.
            Death.BySignal(SigPipe);
            return 128 + SigPipe;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk, a folder that may not be written to: of many places, and all the same to the user.
            Errors.Print(new FerryException("the system refused to read or write a file", e.Message));
            return SpeaksForProgram(arguments) || door == Door.Runner ? ExitCode.FerryInsteadOfProgram : ExitCode.Failed;
        }
        catch (Exception e)
        {
            return Errors.PrintBug(e);
        }
    }

    private static int RunTool(byte[][] words)
    {
        RememberedPlan.Take(words);
        return CommandLine.Run(words);
    }

    /// <summary>In <c>ferry run</c> every exit code but 125 is the program's.</summary>
    private static bool SpeaksForProgram(string[] words) => words.FirstOrDefault(word => !word.StartsWith('-')) is "run" or "test" or "bench" or "debug" or CargoCommand.Name;
}
