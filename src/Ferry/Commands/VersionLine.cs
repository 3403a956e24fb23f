using System.CommandLine;
using System.CommandLine.Invocation;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary>One line, as cargo and rustc print it.</summary>
internal sealed class VersionLine : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Page.Results.WriteLine($"ferry {AppVersion.Text}");
        return ExitCode.Done;
    }
}
