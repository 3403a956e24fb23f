using System.Text;

namespace Ferry.Lab;

/// <summary>What a process of a test has left behind. ToString is the log that a failed test prints.</summary>
public sealed record RunResult(string CommandLine, int ExitCode, byte[] OutputBytes, string Errors)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    /// <summary>Fails the test, with the whole log, unless the process ended as expected.</summary>
    public RunResult ShouldExitWith(int expected) =>
        ExitCode == expected ? this : throw new InvalidOperationException($"expected exit code {expected}\n{this}");

    public override string ToString() =>
        $"$ {CommandLine}\nexit code {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Errors}\n---";
}
