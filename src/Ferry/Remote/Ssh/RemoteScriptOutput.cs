using System.Text;
using Ferry.Processes;

namespace Ferry.Remote.Ssh;

/// <summary>What a script prints, as it comes: for long answers whose reader shows how far they are. Disposing ends the script.</summary>
internal sealed class RemoteScriptOutput : Stream
{
    private const int SshFailed = 255;

    private readonly SshChannel channel;

    private RemoteScriptOutput(SshChannel channel) => this.channel = channel;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Runs a script that marks its own output and reads no stdin.</summary>
    public static RemoteScriptOutput Of(SshMaster master, string script)
    {
        var opened = master.Open("sh");
        try
        {
            opened.Input.Write(Encoding.UTF8.GetBytes("{\n" + script.ReplaceLineEndings("\n") + "\n} </dev/null\n"));
        }
        catch (IOException)
        {
            // No shell took it: the end of its output comes at once, and says why.
        }

        opened.Input.DisposeQuietly();
        return new RemoteScriptOutput(opened);
    }

    /// <exception cref="FerryException">Exit 3: the end came since ssh failed.</exception>
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = channel.Output.Read(buffer, offset, count);
        return read > 0 || count == 0 || channel.Wait() != SshFailed ? read : throw channel.Failure();
    }

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            channel.Dispose();
        }

        base.Dispose(disposing);
    }
}
