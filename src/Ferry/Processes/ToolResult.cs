namespace Ferry.Processes;

/// <summary>What a tool that ran to its end has left: its exit code and both of its streams as text.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;
}
