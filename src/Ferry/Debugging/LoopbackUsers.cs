using System.Globalization;

namespace Ferry.Debugging;

/// <summary>Who is at the other end of a connection on this PC's loopback: everybody who works on it can reach a port there.</summary>
internal static class LoopbackUsers
{
    private const string Connections = "/proc/net/tcp";

    /// <summary>False when another user has opened the connection; true where the system does not tell.</summary>
    /// <param name="port">Ours, where we listen.</param>
    /// <param name="caller">The other end's.</param>
    public static bool MayBeOurs(int port, int caller)
    {
        try
        {
            return !OperatingSystem.IsLinux() || MayBeOurs(File.ReadLines(Connections), port, caller);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <param name="rows">"sl local_address rem_address st tx:rx tr:when retrnsmt uid …", addresses and state in hexadecimal digits: proc(5).</param>
    /// <param name="port">Ours.</param>
    /// <param name="caller">The other end's.</param>
    internal static bool MayBeOurs(IEnumerable<string> rows, int port, int caller)
    {
        string? we = null, they = null;
        foreach (var row in rows)
        {
            if (row.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [_, var here, var there, var state, _, _, _, var user, ..])
            {
                continue;
            }

            if (IsPort(here, port) && state == "0A")
            {
                we = user;
            }
            else if (IsPort(here, caller) && IsPort(there, port))
            {
                they = user;
            }
        }

        return we is null || they is null || we == they;
    }

    private static bool IsPort(string address, int port) => address.EndsWith(":" + port.ToString("X4", CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
