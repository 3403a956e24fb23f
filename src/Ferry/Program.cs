using Ferry.Commands;
using Ferry.Doors;
using Ferry.Processes;
using Ferry.Terminal;

namespace Ferry;

/// <summary>Wiring only: which door was knocked at, and the one place where errors end.</summary>
internal static class Program
{
    public static int Main()
    {
        var typed = RawArguments.Read();
        var door = Door.Of(typed.Name);
        try
        {
            return door switch
            {
                Door.Linker => LinkerDoor.Run(typed.Name, typed.Words.Select(RawArguments.Text).ToArray()),
                Door.Runner => RunnerDoor.Run(typed.Words),
                _ => CommandLine.Run(typed.Words),
            };
        }
        catch (FerryException e)
        {
            Errors.Print(e);
            return door == Door.Runner || SpeaksForProgram(typed.Words) ? ExitCode.FerryInsteadOfProgram : e.Exit;
        }
        catch (Exception e)
        {
            return Errors.PrintBug(e);
        }
    }

    /// <summary>In <c>ferry run</c> every exit code but 125 is the program's.</summary>
    private static bool SpeaksForProgram(byte[][] words) => words.FirstOrDefault(word => !word.AsSpan().StartsWith("-"u8)).AsSpan().SequenceEqual("run"u8);
}
