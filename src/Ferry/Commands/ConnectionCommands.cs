using System.CommandLine;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Ferry.Remote.Ssh;
using Ferry.Settings;
using Ferry.Terminal;

namespace Ferry.Commands;

/// <summary><c>ferry connections</c>: which connections to devices are kept open.</summary>
internal static class ConnectionCommands
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Option<bool> Json = new("--json") { Description = "Print the same as JSON" };

    public static Command Define()
    {
        var verb = new Verb("connections", "Show which connections to devices are kept open, or close them.", "ferry connections", "ferry connections close pi4")
        {
            Json,
            ConnectionCloseCommand.Define(),
        };
        verb.SetAction(parsed => OperatingSystem.IsWindows() ? NoneOnWindows() : Run(parsed.GetValue(Json)));
        return verb;
    }

    public static int NoneOnWindows()
    {
        Status.Note("nothing is kept open on Windows: its ssh cannot share a connection, so each command makes one of its own");
        return ExitCode.Done;
    }

    /// <summary>The device's name, or names, and else the address.</summary>
    public static string NameOf(SshAddress address) =>
        string.Join(", ", DeviceBook.All().Where(device => device.Address == address.ToString()).Select(device => device.Name)) is { Length: > 0 } names ? names : address.ToString();

    [UnsupportedOSPlatform("windows")]
    private static int Run(bool json)
    {
        var all = KeptConnection.All();
        // All at once: each that is cut off takes its time.
        var rows = all.Select(connection => Task.Factory.StartNew(() => new ConnectionRow(connection, connection.ChannelsInUse, connection.IsAlive ? connection.Ask(Patience) : null), TaskCreationOptions.LongRunning))
            .ToList().ConvertAll(row => row.GetAwaiter().GetResult());
        foreach (var stale in all.Where(connection => !connection.IsAlive))
        {
            stale.Close();
            Status.Note($"cleared away what a connection to '{NameOf(stale.Address)}' had left: nobody listens there any more");
        }

        rows.RemoveAll(row => !row.Connection.IsAlive);
        if (json)
        {
            PrintJson(rows);
        }
        else
        {
            Print(rows);
        }

        return ExitCode.Done;
    }

    [UnsupportedOSPlatform("windows")]
    private static void Print(List<ConnectionRow> rows)
    {
        if (rows.Count == 0)
        {
            Status.Note("no connection is kept open");
            return;
        }

        Tables.Print(["DEVICE", "ADDRESS", "SINCE", "IN USE", "AGENT READY", "ANSWERS"], rows.Select(row => new[]
        {
            NameOf(row.Connection.Address), row.Connection.Address.ToString(), Since(row.Connection.Since), $"{row.InUse} of {ControlSlots.Count}",
            row.Connection.HasAgentReady ? "yes" : "no",
            row.Answer is { } time ? $"in {time.TotalMilliseconds:0} ms" : "no",
        }));
        foreach (var theirs in rows.Where(row => !row.Connection.IsOwn))
        {
            Status.Note($"the connection to '{NameOf(theirs.Connection.Address)}' is one of your own ssh configuration (ControlPath {theirs.Connection.Place.Socket})");
        }
    }

    private static string Since(DateTime since) => since.ToString(since.Date == DateTime.Today ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    [UnsupportedOSPlatform("windows")]
    private static void PrintJson(List<ConnectionRow> rows)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var (connection, inUse, answer) in rows)
            {
                json.WriteStartObject();
                json.WriteString("device", NameOf(connection.Address));
                json.WriteString("address", connection.Address.ToString());
                json.WriteString("since", connection.Since.ToUniversalTime());
                json.WriteNumber("channelsInUse", inUse);
                json.WriteBoolean("agentReady", connection.HasAgentReady);
                json.WriteBoolean("answers", answer is not null);
                json.WriteBoolean("yours", !connection.IsOwn);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        Page.Results.WriteLine(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
    }
}
