using System.Text;

namespace Ferry.Remote.Ssh;

/// <summary>What a command on the device has left: its exact exit code, its stdout as bytes, what came on stderr.</summary>
internal sealed record RemoteAnswer(int ExitCode, byte[] Output, string Errors)
{
    public bool Succeeded => ExitCode == 0;

    public string Text => Encoding.UTF8.GetString(Output);
}
