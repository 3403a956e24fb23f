namespace Ferry.Benchmarks.Rivals;

/// <summary>One way to get a program to a board and run it there.</summary>
/// <param name="Name">As the page calls it.</param>
/// <param name="Place">The file on the board that it writes; rivals of the same place take over from each other.</param>
/// <param name="Stripped">Whether it sends the file without debug information.</param>
/// <param name="Master">Whether its connections go through one that is open.</param>
/// <param name="Copy">The command that brings a file: the file, the place, ssh's options.</param>
public sealed record Rival(string Name, string Place, bool Stripped, bool Master, Func<string, string, string, string> Copy)
{
    // As a user would put it there, without touching the board's system.
    private const string RsyncThere = $"LD_LIBRARY_PATH={Site.There}/rsync {Site.There}/rsync/rsync";

    public static IReadOnlyList<Rival> All { get; } =
    [
        .. from stripped in new[] { false, true }
           from master in new[] { false, true }
           from rival in new[]
           {
               new Rival(NameOf("scp", stripped, master), PlaceOf("scp", stripped), stripped, master, (file, place, ssh) => $"scp -q {ssh} '{file}' {place}"),
               new Rival(NameOf("rsync -z", stripped, master), PlaceOf("rsync", stripped), stripped, master, (file, place, ssh) => $"rsync -az -e \"ssh {ssh}\" --rsync-path='{RsyncThere}' '{file}' {place}"),
           }
           orderby rival.Place.Contains("rsync", StringComparison.Ordinal), master, stripped
           select rival,
    ];

    /// <summary>The script of a user: brings the program, and runs it when that went well.</summary>
    public Command Run(Way way, string board, string file, string[] arguments)
    {
        var ssh = $"-F {way.Config}" + (Master ? $" -o ControlPath={way.Socket}" : "");
        return new("sh", "-c", $"{Copy(file, $"{board}:{Place}", ssh)} && ssh {ssh} {board} '{Place} {string.Join(' ', arguments)}'");
    }

    /// <summary>rsync of the board's own distribution, with the libraries that the board lacks.</summary>
    public static void BringRsync(Site site)
    {
        var folder = Path.Combine(site.Cache, "rsync-" + site.Target);
        var arch = site.Target.StartsWith("aarch64", StringComparison.Ordinal) ? "arm64" : "armhf";
        if (!File.Exists(Path.Combine(folder, "usr/bin/rsync")))
        {
            Site.Apt(["lab_unpack", folder, .. new[] { "rsync", "libacl1", "liblz4-1", "libpopt0", "libssl3", "libxxhash0", "libzstd1", "zlib1g" }.Select(package => $"{package}:{arch}")]);
        }

        var tar = Path.Combine(site.Work, "rsync.tar");
        new Command("sh", "-c", $"mkdir -p '{site.Work}/rsync' && cp -P '{folder}'/usr/bin/rsync '{folder}'/usr/lib/*-linux-gnu*/*.so* '{site.Work}/rsync/' && (cp -P '{folder}'/lib/*-linux-gnu*/*.so* '{site.Work}/rsync/' || true) && tar -c -C '{site.Work}' -f '{tar}' rsync").Run();
        (site.Open.Ssh($"tar -x -C {Site.There}") with { InputFile = tar }).Run();
        site.Open.Ssh($"{RsyncThere} --version").Run();
    }

    private static string NameOf(string tool, bool stripped, bool master) => tool + (stripped ? ", stripped" : "") + (master ? ", master" : "");

    private static string PlaceOf(string tool, bool stripped) => $"{Site.Large}/{tool}-{(stripped ? "stripped" : "built")}";
}
