namespace Ferry;

/// <summary>Ferry's exit codes. They are API: docs/reference/exit-codes.md lists them, a test compares.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int DeviceUnreachable = 3;
    public const int ToolMissing = 4;
    public const int CannotRunThere = 5;
    public const int Bug = 70;
    /// <summary>A program was still running when the time that <c>--timeout</c> gives it was over; as timeout(1) has it.</summary>
    public const int TimedOut = 124;
    /// <summary>Everything of Ferry's own in <c>run</c>, whose other codes are the program's.</summary>
    public const int FerryInsteadOfProgram = 125;
    public const int Interrupted = 130;
}
