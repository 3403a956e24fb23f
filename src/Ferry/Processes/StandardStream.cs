using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Processes;

/// <summary>
/// One of this process' three standard streams, as bytes. .NET's own are not for this: they take a reader that has gone for success, and a
/// FileStream writes at positions of its own into a file that stderr may share.
/// </summary>
internal sealed partial class StandardStream : Stream
{
    private const short Readable = 1; // POLLIN
    private const short Writable = 4; // POLLOUT

    private readonly int fd;

    private StandardStream(int fd) => this.fd = fd;

    public override bool CanRead => fd == 0;

    public override bool CanSeek => false;

    public override bool CanWrite => fd != 0;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public static Stream Input() => OperatingSystem.IsWindows() ? Console.OpenStandardInput() : new StandardStream(0);

    public static Stream Output() => OperatingSystem.IsWindows() ? Windows(-11, Console.IsOutputRedirected, Console.OpenStandardOutput) : new StandardStream(1);

    public static Stream Errors() => OperatingSystem.IsWindows() ? Windows(-12, Console.IsErrorRedirected, Console.OpenStandardError) : new StandardStream(2);

    public override unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            return (int)Persist(bytes, buffer.Length, &Libc.Read, Readable);
        }
    }

    public override unsafe void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            fixed (byte* bytes = buffer)
            {
                buffer = buffer[(int)Persist(bytes, buffer.Length, &Libc.Write, Writable)..];
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is kept back.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Others may have made the stream non-blocking, since it is theirs as well (a shell's terminal, say): then it is waited for.</summary>
    private unsafe nint Persist(byte* bytes, int count, delegate*<int, byte*, nint, nint> call, short ready)
    {
        while (true)
        {
            var done = call(fd, bytes, count);
            if (done >= 0)
            {
                return done;
            }

            var error = Marshal.GetLastPInvokeError();
            if (error == (OperatingSystem.IsMacOS() ? 35 : 11)) // EAGAIN
            {
                var wanted = new Libc.PollFd { Fd = fd, Events = ready };
                _ = Libc.Poll(&wanted, 1, -1);
            }
            else if (error != Libc.ErrorInterrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    private static Stream Windows(int which, bool redirected, Func<Stream> console) =>
        redirected ? new FileStream(new SafeFileHandle(GetStdHandle(which), ownsHandle: false), FileAccess.Write, bufferSize: 0) : console();

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int which);
}
