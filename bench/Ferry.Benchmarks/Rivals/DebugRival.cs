namespace Ferry.Benchmarks.Rivals;

/// <summary>
/// What robamu-org/rpi-rs-crosscompile's script does for <c>-b -t -d -s</c>, and its gdb script, with keys instead of passwords. Two things are left out that would cost it
/// more: it kills every gdbserver on the board first, and it sleeps for 0.2 s, which are too few for gdbserver to start here and would be too many elsewhere:
/// this waits until gdbserver says that it listens.
/// </summary>
public sealed class DebugRival(Site site, Way way, Dictionary<string, string?> environment, string package, string script)
{
    public const string Place = Site.Large + "/debugged";

    private const int Port = 17777;

    /// <param name="sends">Whether the program is sent, as the script does it each time.</param>
    public Command Session(bool sends)
    {
        var program = Path.Combine(site.Cache, "target", site.Target, "debug", "rg");
        var (log, gdb) = (Path.Combine(site.Work, "gdbserver.log"), Path.Combine(site.Work, "gdb.gdb"));
        File.WriteAllText(gdb, $"target remote localhost:{Port}\nbreak main\ncontinue\n");
        return new(
            "sh", "-c",
            $"""
            set -e
            cargo build -q --target {site.Target}
            {(sends ? $"scp -q -F '{way.Config}' '{program}' {site.Board}:{Place}" : "")}
            : >'{log}'
            ssh -F '{way.Config}' -f -L {Port}:localhost:{Port} {site.Board} "sh -c 'gdbserver *:{Port} {Place} --type-list'" >'{log}' 2>&1
            until grep -q 'Listening on port' '{log}'; do sleep 0.02; done
            gdb-multiarch -q -x '{gdb}' -x '{script}' '{program}'
            """)
        { Folder = package, Environment = environment };
    }
}
