namespace Ferry.Processes;

/// <summary>Runs a tool with our own terminal and streams, and waits for it.</summary>
internal static class Foreground
{
    /// <param name="file">The tool.</param>
    /// <param name="arguments">What follows its name.</param>
    /// <param name="variables">What its environment has besides ours.</param>
    /// <param name="passesEnd">Whether what is to end this process ends the tool first, and this one goes on to its own end.</param>
    public static ProcessEnd Run(string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? variables = null, bool passesEnd = false)
    {
        using var tool = new ForegroundTool(file, arguments, variables, passesEnd);
        return tool.Wait();
    }
}
