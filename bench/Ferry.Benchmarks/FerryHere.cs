using System.Text.Json.Nodes;

namespace Ferry.Benchmarks;

/// <summary>
/// Ferry as its user has it, with settings and a cache of its own, and a folder on the board that is removed at the end. The cache stays from run to run, since
/// a link's path is part of what cargo builds.
/// </summary>
public sealed class FerryHere(Site site, string? home = null)
{
    private readonly string stubs = Directory.CreateDirectory(Path.Combine(site.Work, "stubs")).FullName;

    public static string Tool { get; } = Environment.GetEnvironmentVariable("FERRY") is { Length: > 0 } set ? set : Path.Combine(Site.Root, "out", "ferry");

    public string Home { get; } = home ?? Path.Combine(site.Cache, "home");

    public string Runner => Path.Combine(Home, "cache", "bin", "ferry-runner");

    /// <summary>What cargo and Ferry get around them.</summary>
    public Dictionary<string, string?> Surroundings(Way? way = null) => new()
    {
        ["PATH"] = $"{Path.Combine(Site.Lab, "toolchain", "bin")}:{Environment.GetEnvironmentVariable("PATH")}",
        ["FERRY_HOME"] = Home,
        ["FERRY_SSH"] = way?.Program,
        ["XDG_RUNTIME_DIR"] = Path.Combine(site.Work, "run"),
        ["CARGO_NET_OFFLINE"] = "true",
        ["CARGO_TARGET_DIR"] = Path.Combine(site.Cache, "target"),
        ["FERRY_DEVICE"] = null,
        ["FERRY_RUN"] = null,
        ["RUST_BACKTRACE"] = null,
        ["RUSTFLAGS"] = null,
    };

    /// <summary>Asks the board what it is, and moves Ferry's place there below ours.</summary>
    public Timed Add(Way way)
    {
        // The name of an earlier run's sockets may be the same.
        var timed = Call(way, null, "device", "add", site.Board, site.Board).Measure();
        var file = Path.Combine(Home, "config", "devices", site.Board + ".json");
        var record = JsonNode.Parse(File.ReadAllText(file))!;
        var folder = record["profile"]!["folder"]!;
        folder["path"] = $"/home/pi/{Site.There}/ferry";
        File.WriteAllText(file, record.ToJsonString());
        return timed;
    }

    public Command Call(Way way, string? folder, params string[] words) => new([Tool, "-q", .. words]) { Folder = folder, Environment = Surroundings(way) };

    /// <summary>Ends the connections that Ferry keeps, and with them what waits at their other end.</summary>
    public void Disconnect()
    {
        var folder = Path.Combine(site.Work, "run", "ferry");
        foreach (var socket in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.ssh") : [])
        {
            new Command("sh", "-c", $"ssh -O exit -S '{socket}' {site.Board} 2>&1 || true").Run();
        }
    }

    /// <summary>The environment that cargo gets from <c>ferry run</c> with these words, as a cargo of ours says it.</summary>
    public IReadOnlyDictionary<string, string> GivenToCargo(Way? way, string folder, params string[] words)
    {
        var variables = Surroundings(way);
        variables["CARGO"] = Stub("cargo-env", "env -0");
        var output = new Command([Tool, "-q", .. words]) { Folder = folder, Environment = variables }.Run().Output;
        return output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>A cargo that answers <c>cargo metadata</c> and does nothing else than this.</summary>
    public string Stub(string name, string instead)
    {
        var file = Path.Combine(stubs, name);
        var cargo = Path.Combine(Site.Lab, "toolchain", "bin", "cargo");
        File.WriteAllText(file, $"#!/bin/sh\ncase $1 in metadata) exec '{cargo}' \"$@\" ;; esac\n{instead}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>The runner as cargo calls it, for a program of a package.</summary>
    public Command Run(Way way, string package, string program, params string[] arguments)
    {
        var given = GivenToCargo(way, package, "run", "--on", site.Board);
        var variables = Surroundings(way);
        variables["FERRY_RUN"] = given["FERRY_RUN"];
        variables["CARGO_MANIFEST_DIR"] = package;
        return new([Runner, program, .. arguments]) { Folder = package, Environment = variables };
    }
}
