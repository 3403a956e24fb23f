using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ferry.Processes;

/// <summary>A socket that is a file. Not for Windows.</summary>
internal static class UnixSocket
{
    /// <summary>Whether somebody listens on a unix socket.</summary>
    public static bool HasListener(string path)
    {
        using var socket = TryConnect(path);
        return socket is not null;
    }

    /// <summary>A connection to whoever listens on a unix socket, or null.</summary>
    public static unsafe SafeFileHandle? TryConnect(string path)
    {
        // sockaddr_un: a 16-bit family on Linux; length and family, a byte each, on macOS; then the path.
        var bytes = Encoding.UTF8.GetBytes(path);
        var longest = OperatingSystem.IsMacOS() ? 103 : 107;
        if (bytes.Length > longest)
        {
            return null;
        }

        var address = stackalloc byte[110];
        new Span<byte>(address, 110).Clear();
        address[0] = OperatingSystem.IsMacOS() ? (byte)(longest + 3) : (byte)1;
        address[1] = OperatingSystem.IsMacOS() ? (byte)1 : (byte)0;
        bytes.CopyTo(new Span<byte>(address + 2, longest));
        // AF_UNIX, SOCK_STREAM, and on Linux SOCK_CLOEXEC.
        var socket = Libc.Socket(1, OperatingSystem.IsMacOS() ? 1 : 0x80001, 0);
        if (socket < 0)
        {
            return null;
        }

        if (Libc.Connect(socket, address, (uint)longest + 3) == 0)
        {
            return new SafeFileHandle(socket, ownsHandle: true);
        }

        _ = Libc.Close(socket);
        return null;
    }
}
