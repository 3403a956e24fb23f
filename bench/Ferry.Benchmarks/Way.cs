using Ferry.Benchmarks.Links;

namespace Ferry.Benchmarks;

/// <summary>A way to the board: ssh's configuration, ssh with it, and a master for those who want one.</summary>
public sealed class Way
{
    private readonly Relay? relay;
    private readonly string board;

    public Way(Site site, string name, int port, Relay? relay)
    {
        this.relay = relay;
        board = site.Board;
        Config = Path.Combine(site.Work, $"{name}.config");
        Socket = Path.Combine(site.Work, $"{name}.master");
        Program = Path.Combine(site.Work, $"ssh-{name}");
        var lines = File.ReadLines(Path.Combine(Site.Lab, "boards", board, "ssh_config"));
        File.WriteAllLines(Config, lines.Select(line => line.TrimStart().StartsWith("Port ", StringComparison.Ordinal) ? $"  Port {port}" : line));
        File.WriteAllText(Program, $"#!/bin/sh\nexec ssh -F '{Config}' \"$@\"\n");
        File.SetUnixFileMode(Program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Config { get; }

    /// <summary>The socket of the rivals' master; bench/loop ends what listens there.</summary>
    public string Socket { get; }

    /// <summary>ssh with <see cref="Config"/>.</summary>
    public string Program { get; }

    public void StartMaster()
    {
        if (!File.Exists(Socket))
        {
            // Its streams must not be ours: it stays.
            new Command("sh", "-c", $"'{Program}' -MNf -o ControlPersist=1200 -S '{Socket}' {board} </dev/null >/dev/null 2>&1").Run();
        }
    }

    /// <summary>A command on the board, through the master.</summary>
    public Command Ssh(string command)
    {
        StartMaster();
        return new(Program, "-S", Socket, board, command);
    }

    public void Put(string file, string place) => (Ssh($"cat >'{place}' && chmod 700 '{place}'") with { InputFile = file }).Run();

    /// <summary>What has crossed the link so far, when it is quiet: channels are closed behind the back of who used them.</summary>
    public (long There, long Back) Bytes()
    {
        if (relay is null)
        {
            return (0, 0);
        }

        for (var last = (-1L, -1L); ;)
        {
            var now = (relay.There.Bytes, relay.Back.Bytes);
            if (now == last)
            {
                return now;
            }

            last = now;
            Thread.Sleep(60);
        }
    }
}
